package dev.offshoot.reporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

import dev.offshoot.blob.Blobs;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Subject;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/**
 * For each migrated push, and each that failed to: writes a delta report to {@code reports/ENVIRONMENT/iN/COMMIT.md}
 * and {@code .json} and says {@code report.published}. Writing it again replaces it.
 */
public final class ReporterWorker implements Worker {
  public static final String NAME = "reporter";
  /** After so many tries a report without a schema difference is better than none. */
  private static final int PATIENT_ATTEMPTS = 5;
  private static final DateTimeFormatter EPOCH_TIME = DateTimeFormatter.ofPattern("'e'yyMMddHHmmssSSS", Locale.ROOT);

  private final SchemaDifferences differences;
  private final Blobs blobs;
  private final Clock clock;

  ReporterWorker(SchemaDifferences differences, Blobs blobs, Clock clock) {
    this.differences = differences;
    this.blobs = blobs;
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
        || event instanceof LifecycleEvent.MigrationFailed;
  }

  @Override
  public Outcome handle(Message message, Context context) throws InterruptedException {
    return switch (message.event()) {
      case LifecycleEvent.EnvironmentCreated created ->
          report(created.subject(), new DeltaReport.Run(created.version(), created.applied(), Optional.empty()),
              context);
      case LifecycleEvent.EnvironmentModified modified ->
          report(modified.subject(), new DeltaReport.Run(modified.version(), modified.applied(), Optional.empty()),
              context);
      case LifecycleEvent.MigrationFailed failed ->
          report(failed.subject(),
              new DeltaReport.Run(versionNow(failed.subject(), context), failed.applied(), Optional.of(failed.failure())), context);
      case Event _ -> new Outcome.Rejected("not for the reporter");
    };
  }

  private static String versionNow(Subject subject, Context context) {
    return context.environment().schemaOf(subject.incarnation()).map(schema -> schema.version()).orElse("");
  }

  private Outcome report(Subject subject, DeltaReport.Run run, Context context) throws InterruptedException {
    Optional<Stores> stores = standing(context, subject.incarnation());
    if (stores.isEmpty() || subject.commit().isEmpty()) {
      return new Outcome.Rejected("stale: incarnation " + subject.incarnation() + " does not stand any more");
    }
    EpochId epoch = stores.get().epoch();
    SchemaDifference difference = difference(subject, stores.get(), context);
    if (standing(context, subject.incarnation()).isEmpty()) {
      return new Outcome.Rejected("the environment left incarnation " + subject.incarnation()
          + " while it was compared");
    }
    Instant now = clock.instant();
    DeltaReport report = new DeltaReport(subject,
        new DeltaReport.Snapshot(epoch, takenAt(subject.origin().repository(), epoch, context)), run, difference, now);
    String key = key(subject.origin().environment(), subject.incarnation(), subject.commit().get());
    FaultPoint.at("report.json.before");
    blobs.put(key + ".json", JsonReport.of(report));
    FaultPoint.at("report.json.after");
    blobs.put(key + ".md", MarkdownReport.of(report).getBytes(UTF_8));
    FaultPoint.at("report.markdown.after");
    return Outcome.done(Publication.of(
        new Report(subject.incarnation(), subject.commit().get(), key, now, Optional.of(report.verdict())),
        new LifecycleEvent.ReportPublished(subject, key, report.verdict())));
  }

  private SchemaDifference difference(Subject subject, Stores stores, Context context) throws InterruptedException {
    try {
      return differences.of(subject, stores);
    } catch (Failure e) {
      if (e.kind().isTransient() && context.attempt() <= PATIENT_ATTEMPTS) {
        throw e;
      }
      return new SchemaDifference.NotCompared(String.valueOf(e.getMessage()));
    }
  }

  static String key(EnvironmentId environment, Incarnation incarnation, Commit commit) {
    return "reports/" + environment + "/i" + incarnation + "/" + commit;
  }

  /** Of the incarnation that serves, or of the one that is to serve next. */
  private static Optional<Stores> standing(Context context, Incarnation incarnation) {
    return context.environment().presence().map(Presence::intent)
        .filter(intent -> intent instanceof Intent.Standing || intent instanceof Intent.Resetting)
        .flatMap(_ -> context.environment().storesOf(incarnation));
  }

  /** Known of an epoch that stands; of one that went, its name still tells. */
  private static Optional<Instant> takenAt(RepositoryKey repository, EpochId epoch, Context context) {
    return context.state().of(EnvironmentId.staging(repository)).epochs()
        .flatMap(epochs -> epochs.find(epoch)).map(Epoch::takenAt)
        .or(() -> timeIn(epoch));
  }

  private static Optional<Instant> timeIn(EpochId epoch) {
    try {
      return Optional.of(LocalDateTime.parse(epoch.value(), EPOCH_TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
