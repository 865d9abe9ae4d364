/** Deliveries a second: webhook-ingest beside servers that do less, and webhook-ingest while it is killed. */
@NullMarked
package dev.offshoot.bench.ingest;

import org.jspecify.annotations.NullMarked;
