package dev.offshoot.migrator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;
import dev.offshoot.evidence.HistoryChange;
import dev.offshoot.migrator.flyway.MigrationResult;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.worker.Publication;

/**
 * What a run's end says to the others.
 *
 * @param evidence the key of what was measured
 */
record RunEnd(Run run, Optional<String> evidence, Instant at) {

  Publication completed(MigrationResult done) {
    Schema schema = schema(done, true, Optional.empty());
    LifecycleEvent event = run.wasUsable()
        ? new LifecycleEvent.EnvironmentModified(run.subject(), done.version(), done.applied(), Optional.empty(), evidence)
        : new LifecycleEvent.EnvironmentCreated(run.subject(), done.version(), done.applied(), evidence);
    return new Publication(List.of(schema), List.of(event), finished(true));
  }

  Publication failed(MigrationResult stopped, MigrationFailure failure) {
    return new Publication(List.of(schema(stopped, run.wasUsable(), Optional.of(failure))),
        List.of(new LifecycleEvent.MigrationFailed(run.subject(), failure, stopped.applied(), evidence)), finished(false));
  }

  /**
   * The provisioner is asked for the next incarnation on the same epoch, at the commit last seen: a newer push may be on its way. While
   * this one is itself still to serve, it counts as failed, since nothing is rebuilt that is being made ready.
   */
  Publication rebuild(MigrationResult unchanged, List<HistoryChange> changes) {
    String reason = reason(changes);
    Request ask = new Request.RebuildRequested(run.subject().origin(), run.subject().incarnation(), Optional.empty(),
        EpochChoice.SAME, reason, "migrator");
    return new Publication(
        run.isNext() ? List.of(schema(unchanged, run.wasUsable(), Optional.of(MigrationFailure.of(reason)))) : List.of(),
        List.of(), List.of(ask));
  }

  static String reason(List<HistoryChange> changes) {
    return SafeText.line("Commit history was rewritten: "
        + changes.stream().map(HistoryChange::sentence).collect(Collectors.joining("; ")));
  }

  private Schema schema(MigrationResult result, boolean usable, Optional<MigrationFailure> failure) {
    return new Schema(run.subject().incarnation(), run.commit(), result.version(), result.applied(), usable, failure, at);
  }

  /** The ask that goes with the outcome of an incarnation that is to serve next: the provisioner decides whether it does. */
  private List<Request> finished(boolean usable) {
    return run.isNext()
        ? List.of(new Request.RunFinished(run.subject().origin(), run.subject().incarnation(), run.commit(), usable))
        : List.of();
  }
}
