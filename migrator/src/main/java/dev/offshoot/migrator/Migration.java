package dev.offshoot.migrator;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.management.LogContext;
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

  /** @throws Failure when the server cannot be reached or has no room */
  MigrationResult run(List<SourceFile> files) throws InterruptedException {
    try {
      database.endOlderSessions();
      FaultPoint.at("migrate.sessions.ended");
      if (files.isEmpty() && !database.hasSchemaHistory()) {
        return new MigrationResult.Completed("", List.of());
      }
      return result(files);
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

  private MigrationResult result(List<SourceFile> files) throws InterruptedException, SQLException {
    SchemaHistory history = new SchemaHistory(database);
    Set<Integer> before = history.ranks();
    FaultPoint.at("migrate.run.before");
    Optional<MigrationFailure> failure = guarded(files);
    FaultPoint.at("migrate.run.after");
    String version = history.version();
    List<AppliedMigration> applied = history.since(before);
    return failure.<MigrationResult>map(why -> new MigrationResult.Stopped(version, applied, why))
        .orElseGet(() -> new MigrationResult.Completed(version, applied));
  }

  private Optional<MigrationFailure> guarded(List<SourceFile> files) throws InterruptedException {
    TrackedSessions sessions = new TrackedSessions(database);
    CompletableFuture<Optional<MigrationFailure>> end = new CompletableFuture<>();
    Thread runner = Thread.ofVirtual().name(database.application()).start(LogContext.carried(() -> {
      try {
        end.complete(new FlywayRun(files, sessions, database.at().user()).migrate());
      } catch (Throwable e) { // handed to the lane's thread, whatever it is
        end.completeExceptionally(e);
      }
    }));
    try {
      return end.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      sessions.end();
      unwind(runner);
      return Optional.of(atDeadline());
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
