package dev.offshoot.migrator;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.management.LogContext;
import dev.offshoot.migrator.child.ChildEnded;
import dev.offshoot.migrator.child.ChildProcess;
import dev.offshoot.migrator.child.Heard;
import dev.offshoot.migrator.child.Order;
import dev.offshoot.migrator.child.ReadyChildren;
import dev.offshoot.migrator.flyway.EnvironmentDatabase;
import dev.offshoot.migrator.flyway.MigrationResult;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.worker.Failure;

/** One run against one database, in a process of its own, ended from outside at its deadline or when its lane is cancelled. */
final class Migration {
  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
  private static final Duration TO_UNWIND = Duration.ofSeconds(5);

  private final EnvironmentDatabase database;
  private final FlywayConfig settings;
  private final Room room;
  private final Duration deadline;

  Migration(EnvironmentDatabase database, FlywayConfig settings, Room room, Duration deadline) {
    this.database = database;
    this.settings = settings;
    this.room = room;
    this.deadline = deadline;
  }

  /**
   * Where it runs.
   *
   * @param owner whose the run is
   * @param beside whether it has a place of its own, so that no push waits for it
   */
  record Room(ReadyChildren children, RepositoryKey owner, boolean beside) {
    <T> T with(ReadyChildren.Work<T> work) throws InterruptedException {
      return beside ? children.beside(owner, work) : children.with(owner, work);
    }
  }

  /**
   * @param page takes what is measured while the run goes on
   * @throws Failure when the server cannot be reached or has no room, or no process can be had
   */
  MigrationResult run(List<SourceFile> files, Notes page) throws InterruptedException {
    try {
      database.endOlderSessions();
    } catch (SQLException e) {
      throw database.trouble(e);
    }
    FaultPoint.at("migrate.sessions.ended");
    MigrationResult result = room.with(child -> watched(child, files, page));
    FaultPoint.at("migrate.run.after");
    return result;
  }

  /**
   * What the history of the database has come to; empty where one of its migrations has failed.
   *
   * @throws Failure as {@link #run}
   */
  Optional<String> version() {
    try {
      return database.version(settings);
    } catch (SQLException e) {
      throw database.trouble(e);
    }
  }

  private MigrationResult watched(ChildProcess child, List<SourceFile> files, Notes page) throws InterruptedException {
    Conversation talk = new Conversation(child, page);
    Order order = Order.of(database, settings, files.size(), page.passed());
    CompletableFuture<MigrationResult> end = new CompletableFuture<>();
    FaultPoint.at("migrate.run.before");
    Thread.ofPlatform().daemon().name(database.application()).start(LogContext.carried(() -> {
      try {
        end.complete(talk.hold(order, files));
      } catch (Throwable e) { // handed to the lane's thread, whatever it is
        end.completeExceptionally(e);
      }
    }));
    try {
      return end.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return atDeadline(child, talk, end);
    } catch (InterruptedException e) {
      cut(child, talk);
      throw e;
    } catch (ExecutionException e) {
      cut(child, talk);
      return failed(e, talk);
    }
  }

  /** A child that can still speak says what it had come to; one that cannot is killed. */
  private MigrationResult atDeadline(ChildProcess child, Conversation talk, CompletableFuture<MigrationResult> end)
      throws InterruptedException {
    Optional<MigrationResult> late = Optional.empty();
    Thread.ofPlatform().daemon().name("stop").start(() -> stop(child)); // one that does not read would keep us waiting
    try {
      late = Optional.of(end.get(TO_UNWIND.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      LOG.info("{} did not come to an end by itself at its deadline: {}", database.application(), e.getMessage());
    } finally {
      cut(child, talk);
    }
    MigrationResult.End ended = new MigrationResult.Stopped(talk.failure("The migrations were ended after " + readable(deadline)
        + ": a push's migrations may take that long in all ('migrate.deadline')."
        + " What was not committed by then was undone"));
    return late
        .map(one -> one.end() instanceof MigrationResult.Completed
            ? one
            : new MigrationResult(one.base(), one.version(), one.applied(), ended, one.watched()))
        .orElseGet(() -> talk.soFar(ended));
  }

  private static void stop(ChildProcess child) {
    try {
      child.tell(new Heard.Stop());
    } catch (ChildEnded e) {
      LOG.debug("A child ended before it was told to: {}", e.getMessage());
    }
  }

  /** Ends the child, and what a server still does for it. */
  private void cut(ChildProcess child, Conversation talk) {
    child.kill();
    try {
      database.end(talk.backends());
    } catch (SQLException e) {
      LOG.error("Sessions of {} may still run; the next attempt ends them: {}", database, e.getMessage());
    }
  }

  private MigrationResult failed(ExecutionException e, Conversation talk) {
    return switch (e.getCause()) {
      case ChildEnded ended -> talk.soFar(stopped(ended, talk));
      case Failure failure -> throw failure;
      case RuntimeException other -> throw other;
      case Error other -> throw other;
      case null, default -> throw new IllegalStateException(e);
    };
  }

  private MigrationResult.Stopped stopped(ChildEnded ended, Conversation talk) {
    String said = SafeText.line(String.valueOf(ended.getMessage()));
    return switch (ended.why()) {
      case MEMORY -> new MigrationResult.Stopped(talk.failure("This needed more than the " + room.children().megabytes()
          + " MiB that a push's migrations may have ('migrate.processes.megabytes'). Flyway keeps every row that a statement returns and every"
          + " notice that it raises: let it return and raise less, such as PERFORM in a DO block in place of SELECT"));
      case NONSENSE -> new MigrationResult.Stopped(talk.failure(
          "The process that ran the migrations was ended, since what it said could not be read: " + said));
      case BROKE -> new MigrationResult.Stopped(talk.failure("The process that ran the migrations broke off here, several times: " + said),
          Optional.of(Failure.Kind.UNAVAILABLE));
    };
  }

  private static String readable(Duration time) {
    return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toMillis() / 1000.0 + " s";
  }
}
