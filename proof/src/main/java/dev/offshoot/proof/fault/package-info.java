/**
 * The faults besides a kill at a fault point: zombies, servers that go away, a network that stalls, deliveries that come twice, late or
 * never, poison, members that come and go. Everything runs as processes of its own; the checker has the last word.
 */
@NullMarked
package dev.offshoot.proof.fault;

import org.jspecify.annotations.NullMarked;
