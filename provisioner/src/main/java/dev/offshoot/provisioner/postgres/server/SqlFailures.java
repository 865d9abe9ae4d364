package dev.offshoot.provisioner.postgres.server;

import java.sql.SQLException;
import java.util.Objects;

import dev.offshoot.worker.Failure;

/**
 * Sorts what the server or the driver says into what can be done about it. Codes: PostgreSQL's documentation, appendix
 * A.
 */
public final class SqlFailures {
  private SqlFailures() {
  }

  /**
   * @param doing what was being done, to continue "PostgreSQL could not …"
   */
  public static Failure of(String doing, SQLException cause) {
    Failure.Kind kind = kind(Objects.requireNonNullElse(cause.getSQLState(), ""));
    String advice = switch (kind) {
      case UNAVAILABLE -> "; it is tried again until the server answers";
      case BUSY -> "; it is tried again once nobody is connected";
      case EXHAUSTED -> "; free disk space or connections on the server";
      case DENIED -> "; check user and password of stores.postgres";
      case INVALID -> "";
    };
    return new Failure(kind, "PostgreSQL could not " + doing + ": " + cause.getMessage() + advice, cause);
  }

  /** The server's code for what went wrong; empty text when it was not the server that said so. */
  public static String state(Failure failure) {
    return failure.getCause() instanceof SQLException cause ? Objects.requireNonNullElse(cause.getSQLState(), "") : "";
  }

  public static Failure.Kind kind(String sqlState) {
    return switch (sqlState) {
      // 55006: a template or a database to be renamed has sessions; 55P03: a lock was not to be had in time
      case "55006", "55P03", "40001", "40P01" -> Failure.Kind.BUSY;
      // an administrator ended the session, or the server starts or stops
      case "57P01", "57P02", "57P03", "57P05", "57014" -> Failure.Kind.UNAVAILABLE;
      case "42501" -> Failure.Kind.DENIED;
      default -> switch (sqlState.length() < 2 ? "" : sqlState.substring(0, 2)) {
        case "08" -> Failure.Kind.UNAVAILABLE;
        case "53" -> Failure.Kind.EXHAUSTED;
        case "58" -> Failure.Kind.UNAVAILABLE;
        case "28" -> Failure.Kind.DENIED;
        default -> Failure.Kind.INVALID;
      };
    };
  }
}
