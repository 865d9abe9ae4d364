package dev.offshoot.proof.check;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Looks at a world once it is quiet. */
public final class Checker {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Witness witness;

  public Checker(World world) {
    this.witness = new Witness(world);
  }

  /** What does not hold now. */
  public List<Violation> check(Expectation expectation) throws InterruptedException {
    return Rules.all(witness.evidence(), expectation);
  }

  /**
   * Looks again and again until everything holds, and once more after that; what still does not hold when the patience is over is the
   * answer. What must never have happened at all stays in the log, so that waiting does not hide it.
   */
  public List<Violation> settled(Expectation expectation, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean held = false;
    while (true) {
      List<Violation> found = check(expectation);
      boolean over = found.isEmpty() ? held : System.nanoTime() > end;
      if (over) {
        return found;
      }
      held = found.isEmpty();
      LockSupport.parkNanos(LOOK.toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while waiting for quiet");
      }
    }
  }
}
