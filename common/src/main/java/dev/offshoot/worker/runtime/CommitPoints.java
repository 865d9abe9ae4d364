package dev.offshoot.worker.runtime;

import dev.offshoot.fault.FaultPoint;

/** The fault points around a commit, by what it says. */
final class CommitPoints {
  private CommitPoints() {}

  /** Nothing was sent. */
  static void beforeBegin(Transaction.Kind kind) {
    switch (kind) {
      case INTENT -> FaultPoint.at("intent.before-begin");
      case OUTCOME -> FaultPoint.at("outcome.before-begin");
      case OFFSETS -> FaultPoint.at("offsets.before-begin");
    }
  }

  /** Records and offsets stand on the broker, undecided. */
  static void sentBeforeCommit(Transaction.Kind kind) {
    switch (kind) {
      case INTENT -> FaultPoint.at("intent.sent-before-commit");
      case OUTCOME -> FaultPoint.at("outcome.sent-before-commit");
      case OFFSETS -> FaultPoint.at("offsets.sent-before-commit");
    }
  }

  /** Committed; neither the state table nor the lane knows. */
  static void after(Transaction.Kind kind) {
    switch (kind) {
      case INTENT -> FaultPoint.at("intent.after");
      case OUTCOME -> FaultPoint.at("outcome.after");
      case OFFSETS -> FaultPoint.at("offsets.after");
    }
  }
}
