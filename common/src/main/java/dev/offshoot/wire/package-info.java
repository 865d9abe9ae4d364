/**
 * The topics and what stands on them: CloudEvents 1.0 in Kafka binary mode whose data is a CDEvents 0.5.1 document, and facets as JSON.
 * With {@code worker}, the only package that knows Kafka.
 */
@NullMarked
package dev.offshoot.wire;

import org.jspecify.annotations.NullMarked;
