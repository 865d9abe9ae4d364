package dev.offshoot.migrator.child;

/** A child that ended before it had said what came of its run, or was ended for what it said. */
public final class ChildEnded extends Exception {
  private static final long serialVersionUID = 1L;
  /** What a JVM ends with that was told to end when its memory is used up (java(1), -XX:+ExitOnOutOfMemoryError). */
  private static final int OUT_OF_MEMORY = 3;

  private final Why why;

  private ChildEnded(Why why, String message) {
    super(message);
    this.why = why;
  }

  /** By itself, with this status; 128 + n when signal n ended it. */
  static ChildEnded by(int status, String tail) {
    return new ChildEnded(status == OUT_OF_MEMORY ? Why.MEMORY : Why.BROKE, "status " + status + (tail.isEmpty() ? "" : ": " + tail));
  }

  static ChildEnded nonsense(String message) {
    return new ChildEnded(Why.NONSENSE, message);
  }

  public Why why() {
    return why;
  }

  /** What ended it. */
  public enum Why {
    /** It needed more memory than it may have. */
    MEMORY,
    /** What it said could not be read. */
    NONSENSE,
    /** Anything else: it was killed, or a bug. */
    BROKE
  }
}
