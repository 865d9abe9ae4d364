package dev.offshoot.migrator;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.text.SafeText;

/** Applies one commit's migrations. */
final class FlywayRun {
  private static final Logger LOG = LoggerFactory.getLogger(FlywayRun.class);

  private final Flyway flyway;
  private final String role;

  FlywayRun(List<SourceFile> files, DataSource sessions, String role, Callback watch) {
    this(FlywaySettings.with(files, sessions, watch).load(), role);
  }

  private FlywayRun(Flyway flyway, String role) {
    this.flyway = flyway;
    this.role = role;
  }

  /** The same, where a version of the environment's own above the commit's newest is a conflict. */
  static FlywayRun strict(List<SourceFile> files, DataSource sessions, String role, Callback watch) {
    return new FlywayRun(FlywaySettings.with(files, sessions, watch).ignoreMigrationPatterns(new String[0]).load(), role);
  }

  MigrationResult.End migrate() {
    try {
      flyway.migrate();
      return new MigrationResult.Completed();
    } catch (FlywayException e) {
      return reason(e);
    } catch (RuntimeException | StackOverflowError e) { // only the files and the database differ from run to run
      return said("Flyway broke off at these migrations: ", e);
    }
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
      LOG.warn("What Flyway threw could not be read: {}", e.getClass().getName());
      return said("", thrown);
    }
  }

  private static MigrationResult.Stopped said(String before, Throwable thrown) {
    return new MigrationResult.Stopped(MigrationFailure.of(SafeText.line(before + thrown)));
  }
}
