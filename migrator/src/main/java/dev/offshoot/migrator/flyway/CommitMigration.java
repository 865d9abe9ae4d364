package dev.offshoot.migrator.flyway;

import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.ServerErrorMessage;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.rows.OffendingRowsSearch;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.migrator.watch.Watch;
import dev.offshoot.worker.Failure;

/** One run against one database. It takes as long as the branch's SQL takes, and as much memory. */
public final class CommitMigration {
  private final EnvironmentDatabase database;
  private final FlywayConfig settings;
  private final Witness witness;
  private final TrackedSessions sessions;

  public CommitMigration(EnvironmentDatabase database, FlywayConfig settings, Witness witness) {
    this.database = database;
    this.settings = settings;
    this.witness = witness;
    this.sessions = new TrackedSessions(database, witness);
  }

  /**
   * @param passed since the first attempt at these files began
   * @throws Failure when the server cannot be reached or has no room, or the history is not Flyway's any more
   */
  public MigrationResult run(List<SourceFile> files, Duration passed) {
    try {
      return files.isEmpty() && !database.hasSchemaHistory(settings) ? MigrationResult.nothing() : migrated(files, passed);
    } catch (SQLException e) {
      throw database.trouble(e);
    } catch (DatabaseTrouble e) {
      throw database.trouble(e.said());
    } catch (FlywayException e) {
      throw FailureReading.cause(e, SQLException.class).map(database::trouble)
          .orElseGet(() -> new Failure(Failure.Kind.INVALID,
          "The schema history cannot be read: " + SafeText.line(String.valueOf(e.getMessage())), e));
    }
  }

  /** Ends the sessions of a run that is under way, from another thread; the run says so as the statement's failure. */
  public void end() {
    sessions.end();
  }

  private MigrationResult migrated(List<SourceFile> files, Duration passed) throws SQLException {
    SchemaHistory history = new SchemaHistory(database, settings);
    SchemaHistory.State before = history.state();
    witness.began(before.version());
    String role = database.at().user();
    try (Watch watch = new Watch(database.unswayed(), files, settings.table(), passed, witness)) {
      FlywayRun run = FlywayRun.of(
          FlywaySettings.with(settings, files, sessions, new BetweenMigrations(witness), watch), role, before.hasOwnAbove(files, role));
      MigrationResult.End end = run.migrate();
      if (end instanceof MigrationResult.Stopped) {
        run.said().ifPresent(said -> explain(said, watch));
      }
      SchemaHistory.State after = history.state();
      return new MigrationResult(before.version(), after.version(), after.since(before), end, watch.result());
    }
  }

  private void explain(ServerErrorMessage said, Watch watch) {
    OffendingRowsSearch search = new OffendingRowsSearch(database.unswayed());
    watch.failed(source -> {
      OffendingRowsSearch.Finding found = search.find(said, source.sql());
      if (found.rows().isEmpty() && String.valueOf(said.getSQLState()).startsWith("23")) {
        watch.lacksOffendingRows(found.whyNot());
      }
      return new StatementFailure(String.valueOf(said.getSQLState()), SafeText.line(String.valueOf(said.getMessage())),
          Optional.ofNullable(said.getConstraint()).map(SafeText::line), Optional.ofNullable(said.getTable()).map(SafeText::line),
          found.rows());
    });
  }

  /** Loads most of what a run needs, so that the first one does not pay for it. */
  public static void warmUp() {
    try {
      // as a login does (RFC 7677); the first of a JVM takes a tenth of a second
      SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(new PBEKeySpec(new char[] {'x'}, new byte[16], 4096, 256));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has PBKDF2WithHmacSHA256", e);
    }
    var _ = FlywaySettings.with(FlywayConfig.DEFAULT, List.of(new SourceFile("V1__x.sql", "V1__x.sql", "SELECT 1;")),
        new PGSimpleDataSource()).load();
  }
}
