/** Feedback to GitLab. */
@NullMarked
package dev.offshoot.reporter.feedback.gitlab;

import org.jspecify.annotations.NullMarked;
