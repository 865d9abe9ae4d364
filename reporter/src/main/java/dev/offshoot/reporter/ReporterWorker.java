package dev.offshoot.reporter;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/**
 * For each migrated push, and each that failed to: writes a delta report to {@code reports/ENVIRONMENT/iN/COMMIT} as
 * {@code .json}, {@code .html} and {@code .md} and says {@code report.published}. Writing it again replaces it. When one
 * was published, or a branch is gone, the reports of branches that collide with it follow. Once the history of an epoch was
 * run again, its schema is compared with the epoch's, and the reports of all open branches follow. Each of those is published again in
 * its own lane.
 */
public final class ReporterWorker implements Worker {
  public static final String NAME = "reporter";

  private final Gathering gathering;
  private final ReportBlobs blobs;
  private final Histories histories;
  private final Reminding reminding;
  private final Clock clock;

  ReporterWorker(Gathering gathering, ReportBlobs blobs, Histories histories, Reminding reminding, Clock clock) {
    this.gathering = gathering;
    this.blobs = blobs;
    this.histories = histories;
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
    return event instanceof LifecycleEvent.HistoryReplayed || (isOfABranch(event) && (event instanceof LifecycleEvent.EnvironmentCreated
        || (event instanceof LifecycleEvent.EnvironmentModified modified && modified.replacement().isEmpty())
        || event instanceof LifecycleEvent.MigrationFailed
        || event instanceof LifecycleEvent.EnvironmentRehearsed
        || event instanceof LifecycleEvent.EnvironmentNotRehearsed
        || event instanceof LifecycleEvent.ReportPublished
        || event instanceof LifecycleEvent.ReportChanged
        || event instanceof LifecycleEvent.EnvironmentDeleted));
  }

  /** What a rehearsal has shown is told of the environment that it was for. */
  private static boolean isOfABranch(Event event) {
    return event instanceof LifecycleEvent said && switch (said.subject().origin().kind()) {
      case FULL -> true;
      case STATIC, PRODUCTION, REHEARSAL, REPOSITORY -> false;
    };
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
      case LifecycleEvent.EnvironmentRehearsed rehearsed -> rehearsed(rehearsed, context);
      case LifecycleEvent.EnvironmentNotRehearsed refused -> notRehearsed(refused, context);
      case LifecycleEvent.HistoryReplayed replayed -> replayed(replayed, context);
      case LifecycleEvent.ReportPublished published -> reminded(published.subject(), context);
      case LifecycleEvent.ReportChanged changed -> told(changed.subject(), context);
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
    return Outcome.done(new Publication(List.of(), List.of(), reminding.around(subject.origin(), context)));
  }

  /** Says of a report that was written again in another branch's lane what it says now. */
  private Outcome told(Subject subject, Context context) {
    Optional<Report> known = known(subject, context);
    Optional<DeltaReport> report = known.map(Report::blob).flatMap(blobs::get);
    if (report.isEmpty() || Reminding.isTold(report.get(), known.get())) {
      return new Outcome.Rejected("nothing is known of the report that was not told");
    }
    return Outcome.done(publication(subject, known.get().blob(), report.get(), clock.instant()));
  }

  /** Of the commit and incarnation that is spoken of. */
  private static Optional<Report> known(Subject subject, Context context) {
    return context.environment().report().filter(report -> subject.commit().filter(report.commit()::equals).isPresent()
        && report.incarnation().equals(subject.incarnation()));
  }

  /** In Staging's lane or Production's: branches that were reported on before it was known are told. */
  private Outcome replayed(LifecycleEvent.HistoryReplayed event, Context context) throws InterruptedException {
    histories.compare(event, context);
    Origin source = event.subject().origin();
    String place = source.kind() == EnvironmentKind.PRODUCTION ? "Production" : "Staging";
    return Outcome.done(new Publication(List.of(), List.of(),
        reminding.all(source.repository(), place + "'s history was run again", context)));
  }

  /** Adds it to the environment's report, and asks the rehearsal away; only that where the environment has moved on. */
  private Outcome rehearsed(LifecycleEvent.EnvironmentRehearsed event, Context context) throws InterruptedException {
    Subject subject = event.subject();
    Origin rehearsal = subject.origin().rehearsing(
        new Origin.Rehearsal(subject.commit().orElseThrow(), event.rehearsed().epoch()));
    Request over = new Request.DestroyRequested(rehearsal, "what it has shown is in the report", NAME);
    Optional<DeltaReport> before = known(subject, context).map(Report::blob).flatMap(blobs::get);
    if (before.isEmpty()) {
      return Outcome.done(new Publication(List.of(), List.of(), List.of(over)));
    }
    DeltaReport report = reminding.judged(gathering.rehearsed(before.get().findings(), event.rehearsed(), context));
    Publication published = published(subject, report, clock.instant());
    return Outcome.done(new Publication(published.facets(), published.events(), List.of(over)));
  }

  /** Why there is none stands where it would; what an earlier one has shown stays. */
  private Outcome notRehearsed(LifecycleEvent.EnvironmentNotRehearsed event, Context context) {
    Optional<DeltaReport> before = known(event.subject(), context).map(Report::blob).flatMap(blobs::get)
        .filter(report -> report.findings().rehearsed().isEmpty());
    if (before.isEmpty()) {
      return new Outcome.Rejected("the environment has moved on, or was rehearsed");
    }
    Findings findings = before.get().findings();
    return Outcome.done(published(event.subject(),
        reminding.judged(findings.with(Part.missing(event.reason()), Part.missing(event.reason()))), clock.instant()));
  }

  private Publication published(Subject subject, DeltaReport report, Instant now) {
    Commit commit = subject.commit().orElseThrow();
    String key = ReportBlobs.key(subject.origin().environment(), subject.incarnation(), commit);
    blobs.put(key, report);
    return publication(subject, key, report, now);
  }

  private static Publication publication(Subject subject, String key, DeltaReport report, Instant now) {
    String verdict = report.verdict().summary();
    return Publication.of(
        new Report(subject.incarnation(), subject.commit().orElseThrow(), key, now, Optional.of(verdict),
            Optional.of(report.verdict().judgement()), Optional.of(Touched.of(report.findings())),
            Optional.of(report.verdict().gravest())),
        new LifecycleEvent.ReportPublished(subject, key, verdict));
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
    Publication published = published(subject, reminding.judged(findings), now);
    return Outcome.done(new Publication(published.facets(), published.events(), gathering.missing(push, findings).stream().toList()));
  }

  /** Of the incarnation that serves, or of the one that is to serve next. */
  private static Optional<Stores> standing(Context context, Incarnation incarnation) {
    return context.environment().presence().map(Presence::intent)
        .filter(intent -> intent instanceof Intent.Standing || intent instanceof Intent.Resetting)
        .flatMap(_ -> context.environment().storesOf(incarnation));
  }
}
