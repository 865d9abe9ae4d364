package dev.offshoot.migrator;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
import dev.offshoot.migrator.flyway.MigrationResult;
import dev.offshoot.migrator.search.SearchStep;
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
  private final Databases databases;
  private final SearchStep search;
  private final Replays replays;
  private final EvidenceBook evidence;
  private final Clock clock;

  /** Of repositories whose branches cannot change the search index. */
  MigratorWorker(Map<RepositoryKey, MigrationFiles> repositories, Databases databases, Blobs blobs, Clock clock) {
    this(repositories, databases, SearchStep.none(), blobs, clock);
  }

  MigratorWorker(
      Map<RepositoryKey, MigrationFiles> repositories, Databases databases, SearchStep search, Blobs blobs, Clock clock) {
    this.repositories = Map.copyOf(repositories);
    this.databases = databases;
    this.search = search;
    this.replays = new Replays(repositories, databases, clock);
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
    return event instanceof LifecycleEvent.StoresReady || event instanceof LifecycleEvent.CommitAccepted
        || event instanceof LifecycleEvent.SnapshotPublished;
  }

  @Override
  public Outcome handle(Message message, Context context) throws InterruptedException {
    return switch (message.event()) {
      case LifecycleEvent.StoresReady ready -> migrate(ready, context);
      case LifecycleEvent.CommitAccepted accepted -> migrate(accepted, context);
      case LifecycleEvent.SnapshotPublished taken -> replays.replay(taken, context);
      case Event _ -> new Outcome.Rejected("not for the migrator");
    };
  }

  private Outcome migrate(LifecycleEvent event, Context context) throws InterruptedException {
    Subject subject = event.subject();
    if (subject.commit().isEmpty()) {
      return new Outcome.Rejected("no commit to bring in");
    }
    Optional<Run> run = Run.of(event, context);
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
        ? Run.of(event, context).map(run -> gaveUp(run, MigrationFailure.of(SafeText.line(reason)))).orElse(Publication.NOTHING)
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
    List<SourceFile> files;
    SearchStep.Wanted wanted;
    try {
      FaultPoint.at("migrate.fetch.before");
      files = timed("fetch", () -> repository.get().of(run.commit()));
      FaultPoint.at("migrate.fetch.after");
      wanted = search.wanted(run.subject().origin().repository(), run.commit(), run.stores());
    } catch (Failure unread) {
      return withoutTheCommit(run, repository.get(), unread, context);
    }
    if (wanted instanceof SearchStep.Forbidden forbidden) {
      return new Outcome.Failed(forbidden.failure().summary(), gaveUp(run, forbidden.failure()));
    }
    if (context.superseded()) {
      return new Outcome.Rejected("superseded before migrating to " + run.commit().brief());
    }
    if (run.stores().of(StoreKind.POSTGRES).isEmpty()) {
      return completed(end(run, Optional.empty()), MigrationResult.nothing(), wanted, context);
    }
    EvidenceBook.Page page = evidence.open(run);
    MigrationResult result =
        timed("flyway", () -> databases.migration(run.subject(), run.stores(), repository.get().settings()).run(files, page));
    Optional<String> kept = page.keep(result, decision(run, result));
    RunEnd end = end(run, kept);
    return switch (result.end()) {
      case MigrationResult.Completed _ -> completed(end, result, wanted, context);
      case MigrationResult.Stopped stopped -> stopped(end, result, stopped, context);
      case MigrationResult.Conflicting conflict -> conflicting(end, result, conflict, context);
    };
  }

  /**
   * A commit that cannot be read is in nobody's way where nothing of it has to be applied: hosts forget commits that no branch has, and
   * environments are restored at them. What could not be read the report says, which reads the commit itself. The search index stays as it is.
   */
  private Outcome withoutTheCommit(Run run, MigrationFiles repository, Failure unread, Context context) {
    boolean mayPass = unread.kind().isTransient() && context.attempt() <= BELIEVED_ATTEMPTS;
    if (mayPass || run.reached().isEmpty() || run.stores().of(StoreKind.POSTGRES).isEmpty()) {
      throw unread;
    }
    String reached = run.reached().get().version();
    Optional<String> version = databases.migration(run.subject(), run.stores(), repository.settings()).version();
    if (version.filter(reached::equals).isEmpty()) {
      throw unread;
    }
    LOG.warn("{} stands at {} already, which cannot be read: {}", run.subject().origin().environment(), run.commit().brief(),
        unread.getMessage());
    MigrationResult nothing = new MigrationResult(reached, reached, List.of(), new MigrationResult.Completed(), Optional.empty());
    return Outcome.done(end(run, evidence.open(run).keep(nothing, PlanDecision.NOTHING)).completed(nothing));
  }

  /** The environment is at the commit once its search index is, too. */
  private Outcome completed(RunEnd end, MigrationResult result, SearchStep.Wanted wanted, Context context) throws InterruptedException {
    Optional<MigrationFailure> refused = timed("search", () -> search.apply(wanted));
    return refused.isPresent() ? stopped(end, result, new MigrationResult.Stopped(refused.get()), context)
        : Outcome.done(end.completed(result));
  }

  private RunEnd end(Run run, Optional<String> kept) {
    boolean rehearsed = Optional.ofNullable(repositories.get(run.subject().origin().repository())).filter(MigrationFiles::areRehearsed)
        .isPresent();
    return new RunEnd(run, kept, clock.instant(), rehearsed);
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
      return stopped(end, result, new MigrationResult.Stopped(conflict.advice()), context);
    }
    LOG.info("{} is made anew: {}", end.run().subject().origin().environment(), RunEnd.reason(conflict.changes()));
    return Outcome.done(end.rebuild(result, conflict.changes()));
  }

  private static Outcome stopped(RunEnd end, MigrationResult result, MigrationResult.Stopped stopped, Context context) {
    MigrationFailure failure = stopped.failure();
    Incarnation incarnation = end.run().subject().incarnation();
    if (Run.hasLeft(context, incarnation)) {
      return new Outcome.Rejected("the environment left incarnation " + incarnation + " while it was migrated");
    }
    if (stopped.passing().isPresent() && context.attempt() <= BELIEVED_ATTEMPTS) {
      throw new Failure(stopped.passing().get(), failure.summary());
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
