/**
 * Tells the git host what became of a push: a status of the commit and one comment on the open change of the branch, kept up to date.
 * A worker of its own, so that a git host that is down holds up nothing but this.
 *
 * <p>{@link dev.offshoot.reporter.feedback.Telling} says what is to be told, as a pure function of the environment's state and the
 * newest event; {@link dev.offshoot.reporter.feedback.Teller} makes the host say it, starting from what it says already.
 */
@NullMarked
package dev.offshoot.reporter.feedback;

import org.jspecify.annotations.NullMarked;
