package dev.offshoot.migrator.flyway;

import java.sql.SQLException;
import java.util.Optional;

import dev.offshoot.worker.Failure;

/** What an SQLSTATE means for a run: whether trying again may help (PostgreSQL's manual, appendix A). */
final class Classification {
  private Classification() {}

  /** The kind of a transient failure; empty where the branch or the configuration is to blame. */
  static Optional<Failure.Kind> transientKind(SQLException e) {
    return transientKind(Optional.ofNullable(e.getSQLState()).orElse(""));
  }

  static Optional<Failure.Kind> transientKind(String state) {
    return switch (state) {
      case "57P01", "57P02", "57P03" -> Optional.of(Failure.Kind.UNAVAILABLE);
      case "40001", "40P01", "55006" -> Optional.of(Failure.Kind.BUSY);
      default -> switch (state.substring(0, Math.min(2, state.length()))) {
        case "08", "58" -> Optional.of(Failure.Kind.UNAVAILABLE);
        case "53" -> Optional.of(Failure.Kind.EXHAUSTED);
        default -> Optional.empty();
      };
    };
  }
}
