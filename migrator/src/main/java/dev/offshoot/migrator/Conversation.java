package dev.offshoot.migrator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.flywaydb.core.api.MigrationVersion;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.child.ChildEnded;
import dev.offshoot.migrator.child.ChildProcess;
import dev.offshoot.migrator.child.Heard;
import dev.offshoot.migrator.child.Order;
import dev.offshoot.migrator.child.Said;
import dev.offshoot.migrator.flyway.MigrationResult;
import dev.offshoot.migrator.flyway.Witness;
import dev.offshoot.migrator.watch.Watched;
import dev.offshoot.worker.Failure;

/**
 * What a child says of its run. One thread holds the conversation; what is known so far can be asked by another, which may have killed the
 * child.
 */
final class Conversation {
  private static final int MOST_SESSIONS = 1_000;

  private final ChildProcess child;
  private final Notes page;
  private final Set<Integer> backends = new HashSet<>();
  private final List<Begun> begun = new ArrayList<>();
  private String base = "";
  private Optional<Said.Runs> running = Optional.empty();
  private Optional<Watched> kept = Optional.empty();

  Conversation(ChildProcess child, Notes page) {
    this.child = child;
    this.page = page;
  }

  /** A migration that was begun. */
  private record Begun(Witness.Script script, long at, Duration took) {
    AppliedMigration applied() {
      return new AppliedMigration(script.version(), script.description(), script.name(), took);
    }
  }

  /**
   * Until the run has ended.
   *
   * @throws ChildEnded when the child did before that
   * @throws Failure what the run says of its server
   */
  MigrationResult hold(Order order, List<SourceFile> files) throws ChildEnded {
    child.order(order, files);
    while (true) {
      switch (child.next()) {
        case Said.Opened opened -> opened(opened.backend());
        case Said.Began began -> began(began.base());
        case Said.Before before -> {
          FaultPoint.at("migrate.each.before");
          begins(before.script());
          child.tell(new Heard.GoOn());
        }
        case Said.After after -> {
          FaultPoint.at("migrate.each.after");
          ran(after.script());
          child.tell(new Heard.GoOn());
        }
        case Said.Runs runs -> runs(runs);
        case Said.Kept soFar -> {
          keep(soFar.soFar());
          page.keep(base(), soFar.soFar());
        }
        case Said.Ended ended -> {
          child.endedWell();
          return ended.result();
        }
        case Said.Troubled troubled -> throw new Failure(troubled.kind(), troubled.message());
        case Said.Ready _ -> throw new IllegalStateException("A child is ready once");
      }
    }
  }

  private synchronized void opened(int backend) {
    if (backends.size() < MOST_SESSIONS) {
      backends.add(backend);
    }
  }

  private synchronized void began(String version) {
    base = version;
  }

  private synchronized void begins(Witness.Script script) {
    begun.add(new Begun(script, System.nanoTime(), Duration.ZERO));
    running = Optional.of(new Said.Runs(script.name(), 1));
  }

  private synchronized void ran(Witness.Script script) {
    Begun last = begun.removeLast();
    begun.add(new Begun(script, last.at, Duration.ofNanos(System.nanoTime() - last.at)));
  }

  private synchronized void runs(Said.Runs statement) {
    running = Optional.of(statement);
  }

  private synchronized void keep(Watched soFar) {
    kept = Optional.of(soFar);
  }

  private synchronized String base() {
    return base;
  }

  /** The sessions that the run was given. */
  synchronized Set<Integer> backends() {
    return Set.copyOf(backends);
  }

  /** A failure of the statement that ran last. */
  synchronized MigrationFailure failure(String reason) {
    return new MigrationFailure(reason, running.map(Said.Runs::script), running.map(Said.Runs::line), Optional.empty(), Optional.empty());
  }

  /** What is known where the run itself could not say it: each migration is committed before the next one begins. */
  synchronized MigrationResult soFar(MigrationResult.End end) {
    List<AppliedMigration> applied = begun.stream().limit(Math.max(0, begun.size() - 1L)).map(Begun::applied).toList();
    String version = Stream.concat(Stream.of(base), applied.stream().map(AppliedMigration::version)).filter(one -> !one.isEmpty())
        .max(Comparator.comparing(MigrationVersion::fromVersion)).orElse("");
    return new MigrationResult(base, version, applied, end, kept);
  }
}
