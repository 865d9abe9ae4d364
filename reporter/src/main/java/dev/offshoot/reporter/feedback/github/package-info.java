/** Feedback to GitHub and GitHub Enterprise Server. */
@NullMarked
package dev.offshoot.reporter.feedback.github;

import org.jspecify.annotations.NullMarked;
