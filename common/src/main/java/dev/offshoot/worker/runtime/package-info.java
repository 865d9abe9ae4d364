/**
 * The worker runtime: exactly-once results over Kafka for blocking handlers.
 *
 * <p>Read in this order: {@link dev.offshoot.worker.runtime.Lanes} decides what may run (pure), {@code LaneRun} runs one handler on a
 * virtual thread, {@code Session} is the poll thread that alone commits, and {@link dev.offshoot.worker.runtime.WorkerRuntime} starts a
 * new session whenever one ends in doubt.
 */
@NullMarked
package dev.offshoot.worker.runtime;

import org.jspecify.annotations.NullMarked;
