/**
 * Kills each worker at each of its fault points while a scenario runs, and has the checker look at what came out.
 *
 * <p>The servers stand in this process; each worker is a process of its own, which the driver arms ({@code OFFSHOOT_FAULT_FILE}), sees die
 * with status 137, and starts again. What a worker comes past is learned from a life of the scenario without faults.
 */
@NullMarked
package dev.offshoot.proof.drive;

import org.jspecify.annotations.NullMarked;
