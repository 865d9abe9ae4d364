package dev.offshoot.migrator;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.sql.DataSource;

import org.flywaydb.core.api.FlywayException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.management.LogContext;
import dev.offshoot.migrator.rows.OffendingRowsSearch;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.migrator.watch.Watch;
import dev.offshoot.worker.Failure;

/** One run against one database, ended from outside at its deadline or when its lane is cancelled. */
final class Migration {
  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
  private static final Duration TO_UNWIND = Duration.ofSeconds(10);

  private final EnvironmentDatabase database;
  private final Duration deadline;

  Migration(EnvironmentDatabase database, Duration deadline) {
    this.database = database;
    this.deadline = deadline;
  }

  /**
   * @param page takes what is measured while the run goes on
   * @throws Failure when the server cannot be reached or has no room
   */
  MigrationResult run(List<SourceFile> files, EvidenceBook.Page page) throws InterruptedException {
    try {
      database.endOlderSessions();
      FaultPoint.at("migrate.sessions.ended");
      if (files.isEmpty() && !database.hasSchemaHistory()) {
        return MigrationResult.nothing();
      }
      return result(files, page);
    } catch (SQLException e) {
      throw trouble(e);
    } catch (DatabaseTrouble e) {
      throw trouble(e.said());
    } catch (FlywayException e) {
      throw FailureReading.cause(e, SQLException.class).map(this::trouble)
          .orElseGet(() -> new Failure(Failure.Kind.INVALID,
          "The schema history cannot be read: " + SafeText.line(String.valueOf(e.getMessage())), e));
    }
  }

  private MigrationResult result(List<SourceFile> files, EvidenceBook.Page page) throws InterruptedException, SQLException {
    SchemaHistory history = new SchemaHistory(database);
    SchemaHistory.State before = history.state();
    try (Watch watch = new Watch(database.unswayed(), files, page.passed(), soFar -> page.keep(before.version(), soFar))) {
      FaultPoint.at("migrate.run.before");
      boolean lacksOwn = before.hasOwnAbove(files, role());
      MigrationResult.End end = guarded(sessions -> lacksOwn
          ? FlywayRun.strict(files, sessions, role(), watch)
          : new FlywayRun(files, sessions, role(), watch));
      FaultPoint.at("migrate.run.after");
      if (end instanceof MigrationResult.Stopped stopped) {
        stopped.said().flatMap(FailureReading::serverMessage).ifPresent(said -> explain(said, watch));
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

  private String role() {
    return database.at().user();
  }

  private MigrationResult.End guarded(Function<DataSource, FlywayRun> run) throws InterruptedException {
    TrackedSessions sessions = new TrackedSessions(database);
    CompletableFuture<MigrationResult.End> end = new CompletableFuture<>();
    Thread runner = Thread.ofVirtual().name(database.application()).start(LogContext.carried(() -> {
      try {
        end.complete(run.apply(sessions).migrate());
      } catch (Throwable e) { // handed to the lane's thread, whatever it is
        end.completeExceptionally(e);
      }
    }));
    try {
      return end.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      sessions.end();
      unwind(runner);
      return new MigrationResult.Stopped(atDeadline());
    } catch (InterruptedException e) {
      sessions.end();
      throw e;
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause() == null ? e : e.getCause());
    }
  }

  private static void unwind(Thread runner) throws InterruptedException {
    if (!runner.join(TO_UNWIND)) {
      LOG.warn("{} does not end although its sessions are closed", runner.getName());
    }
  }

  private MigrationFailure atDeadline() {
    return MigrationFailure.of("The migrations were ended after " + readable(deadline)
        + ": a push's migrations may take that long in all ('migrate.deadline')."
        + " What was not committed by then was undone");
  }

  private static String readable(Duration time) {
    return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toMillis() / 1000.0 + " s";
  }

  private static RuntimeException unwrapped(Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(cause);
    };
  }

  private Failure trouble(SQLException e) {
    Failure.Kind kind = Classification.transientKind(e).orElse(Failure.Kind.DENIED);
    String why = kind == Failure.Kind.DENIED
        ? "the environment's role can no longer use it (a migration may have changed its password or search path);"
            + " make the environment anew: 'offshoot env destroy NAME', then 'offshoot env create'"
        : "the server does not answer as it should";
    return new Failure(kind, "The database " + database + ": " + why + ": "
        + SafeText.line(String.valueOf(e.getMessage())), e);
  }
}
