/** Feedback to Azure DevOps. */
@NullMarked
package dev.offshoot.reporter.feedback.azure;

import org.jspecify.annotations.NullMarked;
