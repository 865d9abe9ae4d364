package dev.offshoot.migrator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.event.LifecycleEvent.HistoryReplayed;
import dev.offshoot.event.LifecycleEvent.SnapshotPublished;
import dev.offshoot.event.Replayed;
import dev.offshoot.event.Subject;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.migrator.flyway.EnvironmentDatabase;
import dev.offshoot.migrator.flyway.MigrationResult;
import dev.offshoot.migrator.flyway.PastRun;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * Runs the history of a static environment's newest epoch again, in the empty database that stands beside it (decisions 0041 and 0046): what the history says
 * was applied, as the default branch has it, in the history's order, by a role that may do nothing elsewhere.
 *
 * <p>Laws: the lane of Staging or Production alone waits for it, and it has a place of its own among the processes. Begun before, it is carried on with. What
 * keeps it from its end is its result: it is never a failure, and never a dead letter.
 */
final class Replays {
  /** What passes by itself is waited for only so often: a report can do without. */
  private static final int PATIENT_ATTEMPTS = 5;

  private final Map<RepositoryKey, MigrationFiles> repositories;
  private final Databases databases;
  private final Clock clock;

  Replays(Map<RepositoryKey, MigrationFiles> repositories, Databases databases, Clock clock) {
    this.repositories = Map.copyOf(repositories);
    this.databases = databases;
    this.clock = clock;
  }

  Outcome replay(SnapshotPublished event, Context context) throws InterruptedException {
    Origin source = event.subject().origin();
    EpochId epoch = event.epoch().id();
    MigrationFiles files = repositories.get(source.repository());
    Optional<EpochId> newest = context.environment().epochs().flatMap(Epochs::newest).map(one -> one.id());
    if (files == null || newest.filter(epoch::equals).isEmpty()) {
      return new Outcome.Rejected(files == null ? "the configuration has no repository " + source.repository()
          : "the snapshot is not the newest any more");
    }
    Optional<Commit> tip = Optional.empty();
    try {
      tip = files.tip(source.ref());
      return done(event, tip, tip.isEmpty() ? failed(epoch, "the repository has no branch " + source.ref().branch())
          : replayed(source, epoch, files, tip.get()));
    } catch (Failure e) {
      if (e.kind().isTransient() && context.attempt() <= PATIENT_ATTEMPTS) {
        throw e;
      }
      return done(event, tip, failed(epoch, String.valueOf(e.getMessage())));
    }
  }

  private static Outcome done(SnapshotPublished event, Optional<Commit> tip, Replayed replayed) {
    return Outcome.done(Publication.of(List.of(),
        new HistoryReplayed(new Subject(event.subject().origin(), event.subject().incarnation(), tip), replayed)));
  }

  private static Replayed failed(EpochId epoch, String obstacle) {
    return new Replayed(epoch, 0, List.of(), Optional.of(SafeText.line(obstacle)));
  }

  private Replayed replayed(Origin source, EpochId epoch, MigrationFiles repository, Commit tip) throws InterruptedException {
    Optional<EnvironmentDatabase> reference =
        databases.ofEpoch(ResourceName.reference(source.repository(), source.environment(), epoch));
    Optional<EnvironmentDatabase> empty =
        databases.ofEpoch(ResourceName.replay(source.repository(), source.environment(), epoch));
    if (reference.isEmpty() || empty.isEmpty()) {
      return failed(epoch, "the server that snapshots are on is not configured here");
    }
    FaultPoint.at("replay.fetch.before");
    List<SourceFile> files = repository.of(tip);
    FaultPoint.at("replay.fetch.after");
    PastRun past = PastRun.read(reference.get(), repository.settings(), files);
    if (past.obstacle().isPresent() || !past.changes().isEmpty()) {
      return new Replayed(epoch, 0, past.changes(), past.obstacle());
    }
    FaultPoint.at("replay.run.before");
    Optional<String> stopped = run(past, empty.get(), source.repository(), repository.settings());
    FaultPoint.at("replay.run.after");
    return stopped.map(why -> failed(epoch, why)).orElseGet(() -> new Replayed(epoch, past.migrations(), List.of(), Optional.empty()));
  }

  /** @return why it did not come to the end of the history */
  private Optional<String> run(PastRun past, EnvironmentDatabase empty, RepositoryKey owner, FlywayConfig settings)
      throws InterruptedException {
    FlywayConfig inAnyOrder = new FlywayConfig(true, settings.schemas(), settings.table(), settings.placeholders());
    Instant end = clock.instant().plus(databases.deadline());
    int applied = PastRun.applied(empty, settings);
    for (List<SourceFile> batch : past.batches().stream().filter(one -> one.size() > applied).toList()) {
      Duration left = Duration.between(clock.instant(), end);
      if (left.isNegative() || left.isZero()) {
        return Optional.of("its migrations took longer on an empty database than a push's may ('migrate.deadline')");
      }
      MigrationResult result = databases.beside(empty, owner, inAnyOrder, left).run(batch, Notes.NONE);
      Optional<String> stopped = switch (result.end()) {
        case MigrationResult.Completed _ -> Optional.empty();
        case MigrationResult.Stopped(var failure, var passing) -> {
          if (passing.isPresent()) {
            throw new Failure(passing.get(), failure.summary());
          }
          yield Optional.of("its migrations could not be applied to an empty database: " + failure.summary());
        }
        case MigrationResult.Conflicting conflict -> Optional.of("its migrations could not be applied to an empty database: "
            + conflict.advice().summary());
      };
      if (stopped.isPresent()) {
        return stopped;
      }
    }
    return Optional.empty();
  }
}
