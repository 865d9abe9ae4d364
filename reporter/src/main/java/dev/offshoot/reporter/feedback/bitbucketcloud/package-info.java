/** Feedback to Bitbucket Cloud. */
@NullMarked
package dev.offshoot.reporter.feedback.bitbucketcloud;

import org.jspecify.annotations.NullMarked;
