/**
 * The worker runtime: exactly-once results over Kafka for blocking handlers.
 *
 * <p>Read in this order. Pure, so that it can be simulated: {@link dev.offshoot.worker.runtime.Lanes} decides what may run,
 * {@code Dispatcher} what an assignment, a record or an outcome leads to, {@code Scribe} which records say so. Around it:
 * {@code Session} polls and commits on one thread, {@code LaneRun} handles one message on a virtual thread, and
 * {@link dev.offshoot.worker.runtime.WorkerRuntime} starts a new session whenever one ends in doubt.
 */
@NullMarked
package dev.offshoot.worker.runtime;

import org.jspecify.annotations.NullMarked;
