package dev.offshoot.proof.drive;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nothing signals: the state of other processes. */
final class Waiting {
  /** On a machine with time to spare a step takes seconds. */
  static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("prove.patience", 90));
  private static final Duration LOOK = Duration.ofMillis(20);

  private Waiting() {
  }

  /** @throws NotInTime when it does not come to hold */
  static void until(String what, BooleanSupplier holds) throws InterruptedException {
    if (!within(PATIENCE, holds)) {
      throw new NotInTime("Not within " + PATIENCE.toSeconds() + " s: " + what);
    }
  }

  static boolean within(Duration time, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK.toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while waiting");
      }
    }
    return true;
  }

  /** What was waited for did not come: a loss of liveness, if nothing worse. */
  static final class NotInTime extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotInTime(String message) {
      super(message);
    }
  }
}
