package dev.offshoot.migrator;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

import dev.offshoot.environment.AppliedMigration;

/** What Flyway's history table says, read without a commit's files, so that nothing in them can get in the way. */
final class SchemaHistory {
  private final Flyway flyway;

  SchemaHistory(EnvironmentDatabase database) {
    // our own questions must not outlast the deadline: the branch may have made a view of the table
    flyway = FlywaySettings.with(List.of(), database.impatient()).load();
  }

  /** The newest version; empty when there is none. */
  String version() {
    return Optional.ofNullable(flyway.info().current()).map(MigrationInfo::getVersion).map(Object::toString).orElse("");
  }

  /** The ranks of its rows. */
  Set<Integer> ranks() {
    return Arrays.stream(flyway.info().applied()).map(MigrationInfo::getInstalledRank).collect(Collectors.toSet());
  }

  /** What was applied without failure since these were its rows. */
  List<AppliedMigration> since(Set<Integer> before) {
    return Arrays.stream(flyway.info().applied())
        .filter(info -> !before.contains(info.getInstalledRank()) && !info.getState().isFailed())
        .sorted(Comparator.comparing(MigrationInfo::getInstalledRank))
        .map(SchemaHistory::applied)
        .toList();
  }

  private static AppliedMigration applied(MigrationInfo info) {
    String version = Optional.ofNullable(info.getVersion()).map(Object::toString).orElse("");
    return new AppliedMigration(
        version, SafeText.line(info.getDescription()), SafeText.line(info.getScript()),
            Duration.ofMillis(info.getExecutionTime()));
  }
}
