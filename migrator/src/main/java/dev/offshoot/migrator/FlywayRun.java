package dev.offshoot.migrator;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.git.GitRepository.SourceFile;

/** Applies one commit's migrations. */
final class FlywayRun {
  private static final Logger LOG = LoggerFactory.getLogger(FlywayRun.class);

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
      return Optional.of(reason(e));
    } catch (RuntimeException | StackOverflowError e) { // only the files and the database differ from run to run
      return Optional.of(said("Flyway broke off at these migrations: ", e));
    }
  }

  /** @throws DatabaseTrouble when it is the server's */
  private MigrationFailure reason(FlywayException thrown) {
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

  private static MigrationFailure said(String before, Throwable thrown) {
    return MigrationFailure.of(SafeText.line(before + thrown));
  }
}
