package dev.offshoot.migrator.flyway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.output.ValidateOutput;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.evidence.HistoryChange;
import dev.offshoot.evidence.HistoryChange.Kind;
import dev.offshoot.migrator.text.SafeText;

/**
 * A commit whose migrations do not go with what the database has had. The way out depends on who applied the one in question: this
 * environment (then it can be made anew) or Staging before the snapshot (then the branch must take it in).
 */
final class HistoryConflict {
  private static final int MOST_NAMED = 10;

  private final Flyway flyway;
  private final String role;

  HistoryConflict(Flyway flyway, String role) {
    this.flyway = flyway;
    this.role = role;
  }

  MigrationResult.Conflicting read() {
    List<MigrationInfo> infos = List.of(flyway.info().all());
    List<ValidateOutput> invalid = flyway.validateWithResult().invalidMigrations.stream()
        .filter(one -> !isToBeRun(one, infos) && !isStagingsFuture(one, infos)).toList();
    List<HistoryChange> changes = new ArrayList<>();
    for (ValidateOutput one : invalid.stream().limit(MOST_NAMED).toList()) {
      changes.add(change(one, infos));
    }
    boolean curable = !changes.isEmpty() && invalid.size() == changes.size()
        && changes.stream().allMatch(change -> change.kind() != Kind.OTHER && !change.inherited());
    return new MigrationResult.Conflicting(changes, curable, MigrationFailure.of(advice(changes, invalid.size(), curable)));
  }

  private static String advice(List<HistoryChange> changes, int all, boolean curable) {
    String sentences = changes.stream().map(HistoryChange::sentence).collect(Collectors.joining("; "))
        + (all > changes.size() ? "; and " + (all - changes.size()) + " more" : "");
    boolean halfDone = changes.stream().anyMatch(change -> change.kind() == Kind.HALF_DONE);
    return SafeText.line(sentences + ". " + (curable || halfDone
        ? "Make the environment anew: 'offshoot env destroy NAME', then 'offshoot env create'"
        : "Merge or rebase the branch onto the default branch, so that it has Staging's migrations unchanged,"
            + " and number its own above them"));
  }

  private HistoryChange change(ValidateOutput one, List<MigrationInfo> infos) {
    Optional<MigrationInfo> applied = infos.stream().filter(HistoryConflict::isApplied).filter(info -> same(info, one)).findFirst();
    String script = applied.or(() -> infos.stream().filter(info -> same(info, one)).findFirst()).map(MigrationInfo::getScript).orElse("");
    boolean ours = applied.filter(this::isOurs).isPresent();
    String migration = "The migration " + Optional.ofNullable(one.version).filter(version -> !version.isEmpty())
        .map(version -> "version " + version).orElse("repeatable") + " (" + one.description + ")";
    String where = migration + " was applied in " + (ours ? "this environment" : "Staging") + " and ";
    if (!(one.errorDetails.errorCode instanceof CoreErrorCode code)) {
      return change(one, script, Kind.OTHER, true, migration + ": " + one.errorDetails.errorMessage);
    }
    return switch (code) {
      case CHECKSUM_MISMATCH -> change(one, script, Kind.EDITED, !ours, where + "was edited since");
      case DESCRIPTION_MISMATCH -> change(one, script, Kind.RENAMED, !ours, where + "was renamed since");
      case APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED, APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED ->
          renumbered(applied, infos)
              .map(now -> change(one, script, Kind.RENUMBERED, !ours, where + "the commit has it as " + now.getScript()))
              .orElseGet(() -> change(one, script, Kind.REMOVED, !ours, where + "the commit does not have it"));
      case RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED -> change(one, script, Kind.BELOW, isBelowStaging(one, infos),
          migration + " is numbered below what the database is at");
      case FAILED_VERSIONED_MIGRATION, FAILED_REPEATABLE_MIGRATION -> change(one, script, Kind.HALF_DONE, !ours,
          migration + " failed half-way without a transaction, and what it did stays");
      default -> change(one, script, Kind.OTHER, true, migration + ": " + one.errorDetails.errorMessage);
    };
  }

  private static HistoryChange change(
      ValidateOutput one, String script, Kind kind, boolean inherited, String sentence) {
    return new HistoryChange(SafeText.line(script), SafeText.line(Optional.ofNullable(one.version).orElse("")), kind, inherited,
        SafeText.line(sentence));
  }

  /** The same text under another version. */
  private static Optional<MigrationInfo> renumbered(Optional<MigrationInfo> gone, List<MigrationInfo> infos) {
    return gone.filter(info -> info.getChecksum() != null).flatMap(info -> infos.stream()
        .filter(other -> !isApplied(other) && Objects.equals(other.getChecksum(), info.getChecksum())).findFirst());
  }

  /** Whether the snapshot has it or something above it: a clone made anew would not take it either. */
  private boolean isBelowStaging(ValidateOutput one, List<MigrationInfo> infos) {
    Optional<MigrationVersion> newest = infos.stream().filter(HistoryConflict::isApplied).filter(info -> !isOurs(info))
        .map(MigrationInfo::getVersion).filter(Objects::nonNull).max(Comparator.naturalOrder());
    return newest.filter(version -> version.compareTo(MigrationVersion.fromVersion(one.version)) > 0).isPresent();
  }

  private static boolean isApplied(MigrationInfo info) {
    return info.getState().isApplied() || info.getState().isFailed();
  }

  private boolean isOurs(MigrationInfo info) {
    return Installer.isOurs(Optional.ofNullable(info.getInstalledBy()).orElse(""), role);
  }

  /** What a run would just do. */
  private static boolean isToBeRun(ValidateOutput one, List<MigrationInfo> infos) {
    return one.errorDetails.errorCode == CoreErrorCode.OUTDATED_REPEATABLE_MIGRATION
        || one.errorDetails.errorCode == CoreErrorCode.RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED
        || infos.stream().anyMatch(info -> info.getState() == MigrationState.PENDING && same(info, one));
  }

  /** Staging is ahead of the branch: that is as it should be. */
  private boolean isStagingsFuture(ValidateOutput one, List<MigrationInfo> infos) {
    return infos.stream().filter(info -> same(info, one))
        .anyMatch(info -> info.getState() == MigrationState.FUTURE_SUCCESS && !isOurs(info));
  }

  private static boolean same(MigrationInfo info, ValidateOutput one) {
    String version = Optional.ofNullable(info.getVersion()).map(Object::toString).orElse("");
    String other = Optional.ofNullable(one.version).orElse("");
    return version.equals(other) && (!version.isEmpty() || info.getDescription().equals(one.description));
  }
}
