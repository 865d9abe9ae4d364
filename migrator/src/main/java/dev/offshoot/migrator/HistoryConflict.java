package dev.offshoot.migrator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorCode;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.ValidateOutput;

/**
 * A commit whose migrations do not go with what the database has had. The way out depends on who applied the one in
 * question: this environment (then it can be made anew) or Staging before the snapshot (then the branch must take it
 * in).
 */
final class HistoryConflict {
  private static final int MOST_NAMED = 10;

  private final Flyway flyway;
  private final String role;

  HistoryConflict(Flyway flyway, String role) {
    this.flyway = flyway;
    this.role = role;
  }

  String advice() {
    List<ValidateOutput> invalid = flyway.validateWithResult().invalidMigrations;
    List<String> sentences = new ArrayList<>();
    boolean anew = false;
    for (ValidateOutput one : invalid.stream().limit(MOST_NAMED).toList()) {
      boolean ours = appliedHere(one);
      anew |= ours || isFailed(one.errorDetails.errorCode);
      sentences.add(sentence(one, ours));
    }
    if (invalid.size() > MOST_NAMED) {
      sentences.add("and " + (invalid.size() - MOST_NAMED) + " more");
    }
    String way = anew
        ? "Make the environment anew: 'offshoot env destroy NAME', then 'offshoot env create'"
        : "Merge or rebase the branch onto the default branch, so that it has Staging's migrations unchanged,"
            + " and number its own above them";
    return SafeText.line(String.join("; ", sentences) + ". " + way);
  }

  private static String sentence(ValidateOutput one, boolean ours) {
    String migration = "The migration " + Optional.ofNullable(one.version).filter(version -> !version.isEmpty())
        .map(version -> "version " + version).orElse("repeatable") + " (" + one.description + ")";
    String applied = migration + " was applied in " + (ours ? "this environment" : "Staging") + " and ";
    if (!(one.errorDetails.errorCode instanceof CoreErrorCode code)) {
      return migration + ": " + one.errorDetails.errorMessage;
    }
    return switch (code) {
      case CHECKSUM_MISMATCH -> applied + "was edited since";
      case DESCRIPTION_MISMATCH -> applied + "was renamed since";
      case APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED, APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED ->
          applied + "the commit does not have it";
      case RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED -> migration + " is numbered below what the database is at";
      case FAILED_VERSIONED_MIGRATION, FAILED_REPEATABLE_MIGRATION ->
          migration + " failed half-way without a transaction, and what it did stays";
      default -> migration + ": " + one.errorDetails.errorMessage;
    };
  }

  private static boolean isFailed(ErrorCode code) {
    return code == CoreErrorCode.FAILED_VERSIONED_MIGRATION || code == CoreErrorCode.FAILED_REPEATABLE_MIGRATION;
  }

  /** Whether the environment's own role installed it; what came with the snapshot bears another's name. */
  private boolean appliedHere(ValidateOutput one) {
    return Arrays.stream(flyway.info().applied())
        .filter(info -> same(info, one))
        .anyMatch(info -> role.equals(info.getInstalledBy()));
  }

  private static boolean same(MigrationInfo info, ValidateOutput one) {
    String version = Optional.ofNullable(info.getVersion()).map(Object::toString).orElse("");
    String other = Optional.ofNullable(one.version).orElse("");
    return version.equals(other) && (!version.isEmpty() || info.getDescription().equals(one.description));
  }
}
