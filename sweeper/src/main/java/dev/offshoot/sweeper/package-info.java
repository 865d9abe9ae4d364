/**
 * The clock. It destroys nothing: it asks, and the provisioner decides. An ask may be made twice and is the same ask
 * then, since its id
 * is made of the environment, the incarnation, the timer and the due time; one whose due time has moved since is
 * ignored by the
 * provisioner.
 */
@NullMarked
package dev.offshoot.sweeper;

import org.jspecify.annotations.NullMarked;
