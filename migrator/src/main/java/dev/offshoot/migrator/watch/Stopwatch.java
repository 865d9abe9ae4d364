package dev.offshoot.migrator.watch;

import java.time.Duration;

/** Time since the run began. */
final class Stopwatch {
  private final long began;

  /** @param passed before it */
  Stopwatch(Duration passed) {
    began = System.nanoTime() - passed.toNanos();
  }

  Duration now() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
