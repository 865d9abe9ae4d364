package dev.offshoot.proof.check;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

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
    return settled(expectation, patience, List::isEmpty);
  }

  /** The same, until what is found is enough, twice. */
  public List<Violation> settled(Expectation expectation, Duration patience, Predicate<List<Violation>> enough)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean held = false;
    while (true) {
      List<Violation> found = check(expectation);
      boolean holds = enough.test(found);
      boolean over = holds ? held : System.nanoTime() > end;
      if (over) {
        return found;
      }
      held = holds;
      LockSupport.parkNanos(LOOK.toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while waiting for quiet");
      }
    }
  }
}
