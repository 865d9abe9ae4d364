/**
 * What a worker is. It is a {@link dev.offshoot.worker.Worker}: a name, the topic it reads and
 * {@code handle(message, context) → Outcome}; the runtime (package {@code runtime}) owns
 * lanes, transactions, retries, dead letters and the state table.
 */
@NullMarked
package dev.offshoot.worker;

import org.jspecify.annotations.NullMarked;
