package dev.offshoot.migrator;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.git.GitRepository.SourceFile;

/** Applies one commit's migrations. */
final class FlywayRun {
  private final Flyway flyway;
  private final String role;

  FlywayRun(List<SourceFile> files, DataSource sessions, String role) {
    flyway = FlywaySettings.with(files, sessions).load();
    this.role = role;
  }

  /** @return why it stopped; empty when the database is at the commit */
  Optional<MigrationFailure> migrate() {
    try {
      flyway.migrate();
      return Optional.empty();
    } catch (FlywayException e) {
      return Optional.of(new FailureReading(flyway, role).of(e));
    }
  }
}
