/**
 * The worker that turns an authentic delivery of a git host into a request, and does nothing else.
 *
 * <p>{@code POST /webhooks/{hook}}: the hook is the repository's key in the configuration, and it alone decides
 * git host, repository and secrets. Answered 202 only when Kafka has the request. Every answer is a JSON object
 * of a status and a reason that says what to do. The order of the checks is a law: hook, headers, size,
 * signature over the raw bytes, and only then is anything parsed.
 */
@NullMarked
package dev.offshoot.ingest;

import org.jspecify.annotations.NullMarked;
