package dev.offshoot.migrator;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.blob.Blobs;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Subject;
import dev.offshoot.evidence.PlanDecision;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.management.Timings;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/**
 * For each accepted commit of a standing environment: brings its database to exactly that commit.
 * Says {@code environment.created} the first time an incarnation is usable, {@code environment.modified} after that,
 * and {@code migration.failed} when the branch is to blame.
 */
public final class MigratorWorker implements Worker {
  public static final String NAME = "migrator";
  /** SQL can raise any SQLSTATE; a statement that still says "try again" by then is a failing statement. */
  private static final int BELIEVED_ATTEMPTS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(MigratorWorker.class);

  private final Map<RepositoryKey, MigrationFiles> repositories;
  private final Set<RepositoryKey> rehearsed;
  private final Databases databases;
  private final EvidenceBook evidence;
  private final Clock clock;

  MigratorWorker(Map<RepositoryKey, MigrationFiles> repositories, Databases databases, Blobs blobs, Clock clock) {
    this(repositories, Set.of(), databases, blobs, clock);
  }

  /** @param rehearsed the repositories whose pushes are to be tried on Production's snapshot too */
  MigratorWorker(
      Map<RepositoryKey, MigrationFiles> repositories, Set<RepositoryKey> rehearsed, Databases databases, Blobs blobs, Clock clock) {
    this.repositories = Map.copyOf(repositories);
    this.rehearsed = Set.copyOf(rehearsed);
    this.databases = databases;
    this.evidence = new EvidenceBook(blobs, clock);
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Inbox reads() {
    return Inbox.ENVIRONMENTS;
  }

  @Override
  public boolean takes(Event event) {
    return event instanceof LifecycleEvent.StoresReady || event instanceof LifecycleEvent.CommitAccepted;
  }

  @Override
  public Outcome handle(Message message, Context context) throws InterruptedException {
    return switch (message.event()) {
      case LifecycleEvent.StoresReady ready -> migrate(ready.subject(), context);
      case LifecycleEvent.CommitAccepted accepted -> migrate(accepted.subject(), context);
      case Event _ -> new Outcome.Rejected("not for the migrator");
    };
  }

  private Outcome migrate(Subject subject, Context context) throws InterruptedException {
    if (subject.commit().isEmpty()) {
      return new Outcome.Rejected("no commit to bring in");
    }
    Optional<Run> run = Run.of(subject, context);
    if (run.isEmpty()) {
      return new Outcome.Rejected("stale: incarnation " + subject.incarnation() + " does not stand any more");
    }
    try {
      return migrate(run.get(), context);
    } catch (Failure e) {
      if (Run.hasLeft(context, subject.incarnation())) {
        return new Outcome.Rejected("the environment left incarnation " + subject.incarnation() + " meanwhile: "
            + e.getMessage());
      }
      throw e;
    }
  }

  /** What kept a commit from being brought in is told as the commit's failure; the next push carries on. */
  @Override
  public Publication failure(Message message, Context context, String reason) {
    return message.event() instanceof LifecycleEvent event
        ? Run.of(event.subject(), context).map(run -> gaveUp(run, MigrationFailure.of(SafeText.line(reason)))).orElse(Publication.NOTHING)
        : Publication.NOTHING;
  }

  private Publication gaveUp(Run run, MigrationFailure failure) {
    String version = run.before().map(Schema::version).orElse("");
    return end(run, Optional.empty()).failed(
        new MigrationResult(version, version, List.of(), new MigrationResult.Stopped(failure), Optional.empty()), failure);
  }

  private Outcome migrate(Run run, Context context) throws InterruptedException {
    Optional<MigrationFiles> repository = Optional.ofNullable(repositories.get(run.subject().origin().repository()));
    if (repository.isEmpty()) {
      throw new Failure(Failure.Kind.INVALID,
          "The repository '" + run.subject().origin().repository() + "' is not in the configuration any more");
    }
    FaultPoint.at("migrate.fetch.before");
    List<SourceFile> files = timed("fetch", () -> repository.get().of(run.commit()));
    FaultPoint.at("migrate.fetch.after");
    if (context.superseded()) {
      return new Outcome.Rejected("superseded before migrating to " + run.commit().brief());
    }
    if (run.stores().of(StoreKind.POSTGRES).isEmpty()) {
      return Outcome.done(end(run, Optional.empty()).completed(MigrationResult.nothing()));
    }
    EvidenceBook.Page page = evidence.open(run);
    MigrationResult result = timed("flyway", () -> databases.migration(run.subject(), run.stores()).run(files, page));
    Optional<String> kept = page.keep(result, decision(run, result));
    RunEnd end = end(run, kept);
    return switch (result.end()) {
      case MigrationResult.Completed _ -> Outcome.done(end.completed(result));
      case MigrationResult.Stopped stopped -> stopped(end, result, stopped.failure(), context);
      case MigrationResult.Conflicting conflict -> conflicting(end, result, conflict, context);
    };
  }

  private RunEnd end(Run run, Optional<String> kept) {
    return new RunEnd(run, kept, clock.instant(), rehearsed.contains(run.subject().origin().repository()));
  }

  /** A clone that was never brought to any commit is fresh: what it does not go with, another would not either. */
  private static PlanDecision decision(Run run, MigrationResult result) {
    return switch (result.end()) {
      case MigrationResult.Completed _ -> result.watched().isPresent() ? PlanDecision.MIGRATE : PlanDecision.NOTHING;
      case MigrationResult.Stopped _ -> PlanDecision.MIGRATE;
      case MigrationResult.Conflicting conflict ->
          conflict.curable() && run.before().isPresent() ? PlanDecision.REBUILD : PlanDecision.CONFLICT;
    };
  }

  private Outcome conflicting(RunEnd end, MigrationResult result, MigrationResult.Conflicting conflict, Context context) {
    if (decision(end.run(), result) == PlanDecision.CONFLICT) {
      return stopped(end, result, conflict.advice(), context);
    }
    LOG.info("{} is made anew: {}", end.run().subject().origin().environment(), RunEnd.reason(conflict.changes()));
    return Outcome.done(end.rebuild(result, conflict.changes()));
  }

  private static Outcome stopped(RunEnd end, MigrationResult result, MigrationFailure failure, Context context) {
    Incarnation incarnation = end.run().subject().incarnation();
    if (Run.hasLeft(context, incarnation)) {
      return new Outcome.Rejected("the environment left incarnation " + incarnation + " while it was migrated");
    }
    Optional<Failure.Kind> passing = failure.sqlState().flatMap(Classification::transientKind);
    if (passing.isPresent() && context.attempt() <= BELIEVED_ATTEMPTS) {
      throw new Failure(passing.get(), failure.summary());
    }
    Publication failed = end.failed(result, failure);
    return switch (end.run().subject().origin().kind()) {
      case FULL, STATIC, PRODUCTION, REPOSITORY -> new Outcome.Failed(failure.summary(), failed);
      // what it is there to show
      case REHEARSAL -> Outcome.done(failed);
    };
  }

  private interface Step<T> {
    T take() throws InterruptedException;
  }

  private static <T> T timed(String step, Step<T> work) throws InterruptedException {
    long began = System.nanoTime();
    String outcome = "threw";
    try {
      T result = work.take();
      outcome = "done";
      return result;
    } finally {
      Timings.timer(Metrics.globalRegistry, "offshoot.migration.step", "Time of a step of the migrator",
          "step", step, "outcome", outcome).record(Duration.ofNanos(System.nanoTime() - began));
    }
  }
}
