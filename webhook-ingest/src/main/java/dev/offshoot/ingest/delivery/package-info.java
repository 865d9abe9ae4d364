/** The port to a git host, and what every git host needs to read a delivery. Knows no HTTP server and no Kafka. */
@NullMarked
package dev.offshoot.ingest.delivery;

import org.jspecify.annotations.NullMarked;
