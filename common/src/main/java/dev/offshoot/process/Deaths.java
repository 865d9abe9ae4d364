package dev.offshoot.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often something that is started again whenever it dies has died lately. {@value #MANY} times within ten minutes is too often: it
 * would go on for ever. One for each thing that is watched over; for one thread at a time.
 */
public final class Deaths {
  /** So many, and it is given up. */
  public static final int MANY = 5;
  private static final Duration WHILE = Duration.ofMinutes(10);

  private final Deque<Long> recent = new ArrayDeque<>();

  /** Counts one more. */
  public boolean isOneTooMany() {
    long now = System.nanoTime();
    recent.removeIf(death -> now - death > WHILE.toNanos());
    recent.add(now);
    return recent.size() >= MANY;
  }

  /** For the message that says that it is given up. */
  public static String howMany() {
    return MANY + " times within " + WHILE.toMinutes() + " minutes";
  }
}
