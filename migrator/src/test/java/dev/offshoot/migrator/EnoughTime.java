package dev.offshoot.migrator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A deadline that a test waits for must be short, but not shorter than what is to happen before it. How long that takes a machine that others
 * load too is not known: a try whose deadline came too early is made again with a longer one.
 */
final class EnoughTime {
  private static final List<Duration> DEADLINES = List.of(Duration.ofSeconds(3), Duration.ofSeconds(15), Duration.ofSeconds(100));

  private EnoughTime() {
  }

  /** One try. */
  @FunctionalInterface
  interface Try<T> {
    /** Empty where the deadline was over before that had happened which the test is about. */
    Optional<T> within(Duration deadline) throws Exception;
  }

  static <T> T of(Try<T> attempt) throws Exception {
    for (Duration deadline : DEADLINES) {
      Optional<T> result = attempt.within(deadline);
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new AssertionError("What was to happen first had not happened after " + DEADLINES.getLast() + " either");
  }

  /** As a failure's text has it. */
  static String readable(Duration deadline) {
    return "ended after " + deadline.toSeconds() + ".0 s";
  }
}
