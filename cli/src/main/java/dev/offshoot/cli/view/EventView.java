package dev.offshoot.cli.view;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.Event;
import dev.offshoot.event.EventId;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Replacement;
import dev.offshoot.event.Request;
import dev.offshoot.wire.EventType;
import dev.offshoot.wire.Json;

/**
 * An event as it is shown; its JSON is one line of {@code events --json}.
 *
 * @param type the CloudEvents type
 */
public record EventView(
    String event,
    String type,
    Instant time,
    String environment,
    String source,
    String id,
    Optional<String> cause,
    String chain,
    long sequence,
    JsonNode data) {

  public static EventView of(Message message) {
    return new EventView(
        message.event().getClass().getSimpleName(),
        EventType.of(message.event()).typeName(),
        message.time(),
        message.environment().value(),
        message.source().value(),
        message.id().value(),
        message.cause().map(EventId::value),
        message.chain().toString(),
        message.sequence(),
        Json.mapper().valueToTree(message.event()));
  }

  /** For people, one line. */
  public static String line(Message message) {
    return Times.seconds(message.time()) + "  " + message.environment() + "  "
        + Harmless.line(sentence(message.event()));
  }

  /** What the event says, as a sentence without its subject. */
  public static String sentence(Event event) {
    return switch (event) {
      case Request request -> RequestSentence.of(request);
      case LifecycleEvent lifecycle -> sentence(lifecycle);
    };
  }

  private static String sentence(LifecycleEvent event) {
    return switch (event) {
      case LifecycleEvent.EnvironmentAccepted e -> "accepted, from epoch " + e.epoch();
      case LifecycleEvent.RebuildAccepted e -> "rebuild accepted: incarnation " + e.subject().incarnation()
          + " from epoch " + e.epoch() + e.gone().map(gone -> " (" + gone + " is gone)").orElse("") + ", while "
          + e.serving() + " serves; what is only in " + e.serving() + " is not carried over; " + e.reason();
      case LifecycleEvent.StoresReady e -> "stores ready in " + e.took().toMillis() + " ms";
      case LifecycleEvent.CommitAccepted e -> "commit " + commit(e.subject().commit()) + " accepted"
          + e.forced().filter(forced -> forced).map(_ -> ", history was rewritten").orElse("");
      case LifecycleEvent.EnvironmentCreated e ->
          "created: usable at " + commit(e.subject().commit()) + version(e.version()) + ", "
              + counted(e.applied().size(), "migration") + " applied";
      case LifecycleEvent.EnvironmentModified e when e.replacement().isPresent() -> replaced(e, e.replacement().get());
      case LifecycleEvent.EnvironmentModified e ->
          "modified: at " + commit(e.subject().commit()) + version(e.version()) + ", "
              + counted(e.applied().size(), "migration") + " applied";
      case LifecycleEvent.MigrationFailed e -> "migration failed: " + e.failure().summary();
      case LifecycleEvent.EnvironmentFailed e -> "failed: " + e.reason();
      case LifecycleEvent.EnvironmentDeleted e -> "deleted: " + e.reason() + ", "
          + counted(e.backups().size(), "backup") + " kept";
      case LifecycleEvent.ReportPublished e -> "report published: " + e.verdict();
      case LifecycleEvent.ReportChanged e -> "its report was written again: " + e.reason();
      case LifecycleEvent.SnapshotPublished e -> "snapshot " + e.epoch().id() + " published in " + e.took().toMillis()
          + " ms";
      case LifecycleEvent.EnvironmentRehearsed e -> "rehearsed on Production's snapshot " + e.rehearsed().epoch() + ": "
          + e.rehearsed().failure().map(failure -> "failed: " + failure.summary())
              .orElseGet(() -> counted(e.rehearsed().applied().size(), "migration") + " applied");
      case LifecycleEvent.EnvironmentNotRehearsed e -> "not rehearsed on Production's snapshot: " + e.reason();
      case LifecycleEvent.HistoryReplayed e -> "history of snapshot " + e.replayed().epoch() + " run again on an empty database: "
          + e.replayed().obstacle().orElseGet(() -> e.replayed().changes().isEmpty() ? counted(e.replayed().migrations(), "migration") + " applied"
              : String.join("; ", e.replayed().changes()));
      case LifecycleEvent.ChangeLinked e -> "belongs to change " + e.number();
      case LifecycleEvent.RefReconciled e -> "reconciled: " + RequestSentence.words(e.repair()) + ", a delivery of the git host was lost";
      case LifecycleEvent.ReconcileHeld e -> "reconcile held: " + e.reason() + "; 'offshoot reconcile "
          + e.subject().origin().repository() + "' shows what, --confirm lets it";
    };
  }

  private static String replaced(LifecycleEvent.EnvironmentModified event, Replacement replacement) {
    String lost = replacement.lost().isEmpty()
        ? ""
        : "; " + replacement.lost().stream().map(StoreKind::name).collect(Collectors.joining(", "))
            + " of it was gone: work in it that no archive has is lost";
    return "modified: incarnation " + event.subject().incarnation() + " serves, at "
        + commit(event.subject().commit()) + version(event.version()) + "; incarnation "
        + replacement.incarnation() + " is removed, " + counted(replacement.backups().size(), "backup") + " kept" + lost;
  }

  /** Of a database without a migration there is none. */
  private static String version(String version) {
    return version.isEmpty() ? "" : ", version " + version;
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String commit(Optional<Commit> commit) {
    return commit.map(Commit::brief).orElse("no commit");
  }
}
