package dev.offshoot.migrator.flyway;

import java.sql.SQLException;
import java.util.Optional;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.util.ServerErrorMessage;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.migrator.text.SafeText;

/** Applies one commit's migrations. */
final class FlywayRun {
  private final Flyway flyway;
  private final String role;
  private Optional<ServerErrorMessage> said = Optional.empty();

  private FlywayRun(Flyway flyway, String role) {
    this.flyway = flyway;
    this.role = role;
  }

  /** @param strict whether a version of the environment's own above the commit's newest is a conflict */
  static FlywayRun of(FluentConfiguration settings, String role, boolean strict) {
    return new FlywayRun((strict ? settings.ignoreMigrationPatterns(new String[0]) : settings).load(), role);
  }

  MigrationResult.End migrate() {
    try {
      flyway.migrate();
      return new MigrationResult.Completed();
    } catch (FlywayException e) {
      said = FailureReading.cause(e, SQLException.class).flatMap(FailureReading::serverMessage);
      return reason(e);
    } catch (RuntimeException | StackOverflowError e) { // only the files and the database differ from run to run
      return broke("Flyway broke off at these migrations: ", e);
    }
  }

  /** By the server, of what failed. */
  Optional<ServerErrorMessage> said() {
    return said;
  }

  /** @throws DatabaseTrouble when it is the server's */
  private MigrationResult.End reason(FlywayException thrown) {
    try {
      return new FailureReading(flyway, role).of(thrown);
    } catch (DatabaseTrouble e) {
      throw e;
    } catch (RuntimeException e) {
      Optional<SQLException> sql = FailureReading.cause(e, SQLException.class);
      if (sql.isPresent()) {
        throw new DatabaseTrouble(sql.get());
      }
      return broke("", thrown);
    }
  }

  private static MigrationResult.Stopped broke(String before, Throwable thrown) {
    return new MigrationResult.Stopped(MigrationFailure.of(SafeText.line(before + thrown)));
  }
}
