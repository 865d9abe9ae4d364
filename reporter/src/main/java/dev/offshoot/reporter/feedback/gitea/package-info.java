/** Feedback to Gitea and Forgejo. */
@NullMarked
package dev.offshoot.reporter.feedback.gitea;

import org.jspecify.annotations.NullMarked;
