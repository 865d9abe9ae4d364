package dev.offshoot.reporter.feedback.host;

import java.time.Duration;

/**
 * How long and how much a host may answer.
 *
 * @param connect until it takes the connection
 * @param answer from there until its answer is there whole
 * @param rest how long a host that did not answer is not asked again, by any lane
 * @param bytes of one answer
 */
public record RestLimits(Duration connect, Duration answer, Duration rest, long bytes) {
  public static final RestLimits DEFAULT =
      new RestLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(10), 16L << 20);
}
