package dev.offshoot.worker.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubling from the first to the longest, half of it by chance, so that lanes that failed
 * together do not come back together.
 */
public record Backoff(Duration first, Duration longest) {
  /** Whoever asks for more is asked again nevertheless: what it said may be wrong. */
  static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15));

  /** The wait after the attempt of this number, from 1. */
  Duration after(int attempt, RandomGenerator random) {
    long doubled = first.toMillis() << Math.min(attempt - 1, 20);
    long bound = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
  }

  /** The same after a pause that the other side asked for, so that those who were sent away together do not come back together. */
  Duration after(int attempt, Duration pause, RandomGenerator random) {
    return after(attempt, random).plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }
}
