package dev.offshoot.reporter;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Subject;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/**
 * For each migrated push, and each that failed to: writes a delta report to {@code reports/ENVIRONMENT/iN/COMMIT} as
 * {@code .json}, {@code .html} and {@code .md} and says {@code report.published}. Writing it again replaces it. When one
 * was published, or a branch is gone, the reports of branches that collide with it follow.
 */
public final class ReporterWorker implements Worker {
  public static final String NAME = "reporter";

  private final Gathering gathering;
  private final ReportBlobs blobs;
  private final Reminding reminding;
  private final Clock clock;

  ReporterWorker(Gathering gathering, ReportBlobs blobs, Reminding reminding, Clock clock) {
    this.gathering = gathering;
    this.blobs = blobs;
    this.reminding = reminding;
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
    return event instanceof LifecycleEvent.EnvironmentCreated
        || (event instanceof LifecycleEvent.EnvironmentModified modified && modified.replacement().isEmpty())
        || event instanceof LifecycleEvent.MigrationFailed
        || event instanceof LifecycleEvent.ReportPublished
        || event instanceof LifecycleEvent.EnvironmentDeleted;
  }

  @Override
  public Outcome handle(Message message, Context context) throws InterruptedException {
    return switch (message.event()) {
      case LifecycleEvent.EnvironmentCreated created -> report(created.subject(),
          new Told(created.version(), created.applied(), Optional.empty(), created.evidence()), context);
      case LifecycleEvent.EnvironmentModified modified -> report(modified.subject(),
          new Told(modified.version(), modified.applied(), Optional.empty(), modified.evidence()), context);
      case LifecycleEvent.MigrationFailed failed -> report(failed.subject(),
          new Told(versionNow(failed.subject(), context), failed.applied(), Optional.of(failed.failure()),
              failed.evidence()), context);
      case LifecycleEvent.ReportPublished published -> reminded(published.subject(), context);
      case LifecycleEvent.EnvironmentDeleted deleted -> reminded(deleted.subject(), context);
      case Event _ -> new Outcome.Rejected("not for the reporter");
    };
  }

  /** What the migrator's event says besides its subject. */
  private record Told(
      String version, List<AppliedMigration> applied, Optional<MigrationFailure> failure, Optional<String> evidence) {}

  private static String versionNow(Subject subject, Context context) {
    return context.environment().schemaOf(subject.incarnation()).map(schema -> schema.version()).orElse("");
  }

  private Outcome reminded(Subject subject, Context context) {
    reminding.around(subject.origin(), context);
    return Outcome.done(Publication.NOTHING);
  }

  private Outcome report(Subject subject, Told told, Context context) throws InterruptedException {
    Optional<Stores> stores = standing(context, subject.incarnation());
    if (stores.isEmpty() || subject.commit().isEmpty()) {
      return new Outcome.Rejected("stale: incarnation " + subject.incarnation() + " does not stand any more");
    }
    Instant now = clock.instant();
    Push push = new Push(
        subject, subject.commit().get(), told.version(), told.applied(), told.failure(), told.evidence());
    Findings findings = gathering.of(push, stores.get(), context, now);
    if (standing(context, subject.incarnation()).isEmpty()) {
      return new Outcome.Rejected("the environment left incarnation " + subject.incarnation()
          + " while it was looked at");
    }
    DeltaReport report = reminding.judged(findings);
    String key = ReportBlobs.key(subject.origin().environment(), subject.incarnation(), push.commit());
    blobs.put(key, report);
    String verdict = report.verdict().summary();
    return Outcome.done(Publication.of(
        new Report(subject.incarnation(), push.commit(), key, now, Optional.of(verdict),
            Optional.of(report.verdict().judgement()), Optional.of(Touched.of(findings)), Optional.of(report.verdict().gravest())),
        new LifecycleEvent.ReportPublished(subject, key, verdict)));
  }

  /** Of the incarnation that serves, or of the one that is to serve next. */
  private static Optional<Stores> standing(Context context, Incarnation incarnation) {
    return context.environment().presence().map(Presence::intent)
        .filter(intent -> intent instanceof Intent.Standing || intent instanceof Intent.Resetting)
        .flatMap(_ -> context.environment().storesOf(incarnation));
  }
}
