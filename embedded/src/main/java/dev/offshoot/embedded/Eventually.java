package dev.offshoot.embedded;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** Waits for what a test can't be signalled of. */
public final class Eventually {
  private static final Duration POLL = Duration.ofMillis(20);

  private Eventually() {
  }

  /**
   * The first value that satisfies. At the deadline: an error that shows the last value or exception seen; an exception
   * of the probe counts as "not yet".
   *
   * @param what the fact waited for, as a sentence's end: "the environment is ready"
   */
  public static <T> T await(String what, Duration deadline, Callable<T> probe, Predicate<? super T> satisfies) {
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      @Nullable T value = null;
      @Nullable Exception failure = null;
      try {
        value = probe.call();
        if (satisfies.test(value)) {
          return value;
        }
      } catch (Exception e) {
        failure = e;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("Interrupted while waiting that " + what + "; last seen: " + value, failure);
      }
      if (System.nanoTime() >= end) {
        throw new AssertionError("Not within " + deadline + ": " + what + "; last seen: "
            + (failure == null ? value : failure), failure);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  public static void await(String what, Duration deadline, Callable<Boolean> holds) {
    await(what, deadline, holds, Boolean.TRUE::equals);
  }
}
