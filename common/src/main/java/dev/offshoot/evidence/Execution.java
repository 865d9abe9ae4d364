package dev.offshoot.evidence;

import java.util.Optional;

/**
 * How a statement ran.
 *
 * @param inTransaction whether it shared a transaction with its script, so that its locks were held until the script's end
 * @param failure of one that {@link End#FAILED}
 */
public record Execution(boolean inTransaction, Span span, End end, Optional<StatementFailure> failure) {

  /** How a statement ended. */
  public enum End {
    SUCCEEDED,
    FAILED,
    /** Ended from outside, at the run's deadline or with its process. */
    ENDED
  }
}
