package dev.offshoot.management;

import java.time.Duration;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Timers with the histogram of everything that takes time here: from a commit to a long migration. */
public final class Timings {
  private Timings() {}

  /**
   * The timer of this name and these tags, made when there is none.
   *
   * @param tags names and values in turn; values are few and ours
   */
  public static Timer timer(MeterRegistry registry, String name, String description, String... tags) {
    return Timer.builder(name).description(description).tags(tags).serviceLevelObjectives(buckets()).register(registry);
  }

  private static Duration[] buckets() {
    return LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000)
        .mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
