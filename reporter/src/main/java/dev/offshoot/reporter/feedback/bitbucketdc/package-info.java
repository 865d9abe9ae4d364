/** Feedback to Bitbucket Data Center. */
@NullMarked
package dev.offshoot.reporter.feedback.bitbucketdc;

import org.jspecify.annotations.NullMarked;
