package dev.offshoot.migrator;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.git.GitRepository.SourceFile;

/**
 * One run of Flyway. It is given its settings here alone: no configuration file, no environment variable, no location on disk or
 * classpath, no callback, no placeholder.
 */
final class FlywayRun {
  private final Flyway flyway;
  private final FailureReading reading;

  FlywayRun(List<SourceFile> files, DataSource sessions, String role) {
    FluentConfiguration settings = Flyway.configure(FlywayRun.class.getClassLoader())
        .dataSource(sessions)
        .resourceProvider(new CommitResources(files))
        .javaMigrationClassProvider(List::of)
        .locations(new String[0])
        .callbackLocations(new String[0])
        .skipDefaultCallbacks(true)
        .loggers("slf4j")
        .cleanDisabled(true)
        .placeholderReplacement(false)
        .validateMigrationNaming(true)
        .validateOnMigrate(true)
        .outOfOrder(false)
        .mixed(false)
        .createSchemas(false)
        .connectRetries(0);
    // a lock held by an open transaction would make CREATE INDEX CONCURRENTLY wait for it for ever
    settings.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
    flyway = settings.load();
    reading = new FailureReading(flyway, role);
  }

  /** What stands in the history before a run. */
  Set<Integer> ranks() {
    return Arrays.stream(flyway.info().applied()).map(MigrationInfo::getInstalledRank).collect(Collectors.toSet());
  }

  MigrationResult migrate(Set<Integer> before) {
    try {
      flyway.migrate();
      return new MigrationResult.Completed(version(), appliedSince(before));
    } catch (FlywayException e) {
      return stopped(before, reading.of(e));
    }
  }

  /** The result of a run that ended so. */
  MigrationResult stopped(Set<Integer> before, MigrationFailure failure) {
    return new MigrationResult.Stopped(version(), appliedSince(before), failure);
  }

  /** The newest version in the schema history; empty when there is none. */
  private String version() {
    return Optional.ofNullable(flyway.info().current()).map(MigrationInfo::getVersion).map(Object::toString).orElse("");
  }

  private List<AppliedMigration> appliedSince(Set<Integer> before) {
    return Arrays.stream(flyway.info().applied())
        .filter(info -> !before.contains(info.getInstalledRank()) && !info.getState().isFailed())
        .sorted(Comparator.comparing(MigrationInfo::getInstalledRank))
        .map(FlywayRun::applied)
        .toList();
  }

  private static AppliedMigration applied(MigrationInfo info) {
    String version = Optional.ofNullable(info.getVersion()).map(Object::toString).orElse("");
    return new AppliedMigration(
        version, SafeText.line(info.getDescription()), SafeText.line(info.getScript()), Duration.ofMillis(info.getExecutionTime()));
  }
}
