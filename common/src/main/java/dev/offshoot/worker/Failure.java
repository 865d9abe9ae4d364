package dev.offshoot.worker;

import java.time.Duration;

/**
 * What went wrong at the edge of an adapter, reduced to what the runtime must know. Only the runtime decides what a kind means.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final Duration pause;

  public Failure(Kind kind, String message) {
    this(kind, message, Duration.ZERO);
  }

  /** @param pause how long the other side wants to be left alone */
  public Failure(Kind kind, String message, Duration pause) {
    super(message);
    this.kind = kind;
    this.pause = pause;
  }

  public Failure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.pause = Duration.ZERO;
  }

  public Kind kind() {
    return kind;
  }

  /** How long the other side wants to be left alone; zero when it did not say. */
  public Duration pause() {
    return pause;
  }

  /** Why an effect could not be had. */
  public enum Kind {
    /** The other side is down, restarting or unreachable: the same call may succeed later. */
    UNAVAILABLE,
    /** Something is in use, or not there yet: wait for it. */
    BUSY,
    /** No room left: disk, connections, memory. */
    EXHAUSTED,
    /** We are not allowed to. */
    DENIED,
    /** The input cannot be used as it is: a commit that does not exist, a file that is too large. */
    INVALID;

    /** Whether the same call may succeed later without anybody's doing. */
    public boolean isTransient() {
      return switch (this) {
        case UNAVAILABLE, BUSY, EXHAUSTED -> true;
        case DENIED, INVALID -> false;
      };
    }
  }
}
