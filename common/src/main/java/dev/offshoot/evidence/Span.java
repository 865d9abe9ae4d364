package dev.offshoot.evidence;

import java.time.Duration;

/**
 * A stretch of the run, by the migrator's clock: with the way to the server and back, without the time of measuring.
 *
 * @param from since {@link Run#began}
 */
public record Span(Duration from, Duration took) {
  /** Since {@link Run#began}. */
  public Duration until() {
    return from.plus(took);
  }
}
