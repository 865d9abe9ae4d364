package dev.offshoot.migrator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.Metrics;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.management.Timings;
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

  private final Map<RepositoryKey, MigrationFiles> repositories;
  private final Databases databases;
  private final Clock clock;

  MigratorWorker(Map<RepositoryKey, MigrationFiles> repositories, Databases databases, Clock clock) {
    this.repositories = Map.copyOf(repositories);
    this.databases = databases;
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
    Optional<Run> run = run(subject, context);
    if (run.isEmpty()) {
      return new Outcome.Rejected("stale: incarnation " + subject.incarnation() + " does not stand any more");
    }
    try {
      return migrate(run.get(), context);
    } catch (Failure e) {
      if (hasLeft(context, subject.incarnation())) {
        return new Outcome.Rejected("the environment left incarnation " + subject.incarnation() + " meanwhile: "
            + e.getMessage());
      }
      throw e;
    }
  }

  private static Optional<Run> run(Subject subject, Context context) {
    return subject.commit().flatMap(commit -> standing(context.environment(), subject.incarnation())
        .map(stores -> new Run(subject, commit, stores, context.environment().schemaOf(subject.incarnation()))));
  }

  /** What kept a commit from being brought in is told as the commit's failure; the next push carries on. */
  @Override
  public Publication failure(Message message, Context context, String reason) {
    return message.event() instanceof LifecycleEvent event
        ? run(event.subject(), context).map(run -> failure(run, reason, context)).orElse(Publication.NOTHING)
        : Publication.NOTHING;
  }

  private Publication failure(Run run, String reason, Context context) {
    MigrationResult.Stopped stopped = new MigrationResult.Stopped(run.before().map(Schema::version).orElse(""), List.of(),
        MigrationFailure.of(SafeText.line(reason)));
    return failure(run, stopped, context);
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
    MigrationResult result = run.stores().of(StoreKind.POSTGRES).isEmpty()
        ? new MigrationResult.Completed("", List.of())
        : timed("flyway", () -> databases.migration(run.subject(), run.stores()).run(files));
    return switch (result) {
      case MigrationResult.Completed done -> completed(run, done, context);
      case MigrationResult.Stopped stopped -> stopped(run, stopped, context);
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

  private Outcome completed(Run run, MigrationResult.Completed done, Context context) {
    Schema schema = new Schema(run.subject().incarnation(), run.commit(), done.version(), done.applied(), true,
        Optional.empty(), now());
    LifecycleEvent event = run.wasUsable()
        ? new LifecycleEvent.EnvironmentModified(run.subject(), done.version(), done.applied())
        : new LifecycleEvent.EnvironmentCreated(run.subject(), done.version(), done.applied());
    return Outcome.done(new Publication(List.of(schema), List.of(event), finished(run, true, context)));
  }

  private Outcome stopped(Run run, MigrationResult.Stopped stopped, Context context) {
    MigrationFailure failure = stopped.failure();
    if (hasLeft(context, run.subject().incarnation())) {
      return new Outcome.Rejected("the environment left incarnation " + run.subject().incarnation()
          + " while it was migrated");
    }
    Optional<Failure.Kind> passing = failure.sqlState().flatMap(Classification::transientKind);
    if (passing.isPresent() && context.attempt() <= BELIEVED_ATTEMPTS) {
      throw new Failure(passing.get(), failure.summary());
    }
    return new Outcome.Failed(failure.summary(), failure(run, stopped, context));
  }

  private Publication failure(Run run, MigrationResult.Stopped stopped, Context context) {
    Schema schema = new Schema(run.subject().incarnation(), run.commit(), stopped.version(), stopped.applied(),
        run.wasUsable(), Optional.of(stopped.failure()), now());
    LifecycleEvent event =
        new LifecycleEvent.MigrationFailed(run.subject(), stopped.failure(), stopped.applied());
    return new Publication(List.of(schema), List.of(event), finished(run, false, context));
  }

  /** The ask that goes with the outcome of an incarnation that is to serve next: the provisioner decides whether it does. */
  private static List<Request> finished(Run run, boolean usable, Context context) {
    boolean isNext = context.environment().presence().map(Presence::intent)
        .filter(intent -> intent instanceof Intent.Resetting && intent.incarnation().equals(run.subject().incarnation()))
        .isPresent();
    return isNext
        ? List.of(new Request.RunFinished(run.subject().origin(), run.subject().incarnation(), run.commit(), usable))
        : List.of();
  }

  /** The stores of the incarnation, while it is the one that commits go to: the newest, also beside one that serves. */
  private static Optional<Stores> standing(EnvironmentState environment, Incarnation incarnation) {
    return environment.presence().map(Presence::intent)
        .filter(intent -> intent instanceof Intent.Standing || intent instanceof Intent.Resetting)
        .filter(intent -> intent.incarnation().equals(incarnation))
        .flatMap(_ -> environment.storesOf(incarnation));
  }

  /** What fails after the environment was given up is no failure. */
  private static boolean hasLeft(Context context, Incarnation incarnation) {
    EnvironmentState known = context.environment();
    return standing(known, incarnation).isEmpty() || standing(context.state().of(known.id()), incarnation).isEmpty();
  }

  private Instant now() {
    return clock.instant();
  }

  /** One message's work. */
  private record Run(Subject subject, Commit commit, Stores stores, Optional<Schema> before) {
    boolean wasUsable() {
      return before.filter(Schema::usable).isPresent();
    }
  }
}
