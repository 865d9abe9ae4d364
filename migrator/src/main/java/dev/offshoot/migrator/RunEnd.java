package dev.offshoot.migrator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Rehearsed;
import dev.offshoot.event.Request;
import dev.offshoot.evidence.HistoryChange;
import dev.offshoot.migrator.flyway.MigrationResult;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.worker.Publication;

/**
 * What a run's end says to the others.
 *
 * @param evidence the key of what was measured
 * @param rehearses whether a push of this repository that applied something is to be tried on Production's snapshot too
 */
record RunEnd(Run run, Optional<String> evidence, Instant at, boolean rehearses) {

  Publication completed(MigrationResult done) {
    Schema schema = schema(done, true, Optional.empty());
    LifecycleEvent event = run.wasUsable()
        ? new LifecycleEvent.EnvironmentModified(run.subject(), done.version(), done.applied(), Optional.empty(), evidence)
        : new LifecycleEvent.EnvironmentCreated(run.subject(), done.version(), done.applied(), evidence);
    return new Publication(List.of(schema), List.of(event), asks(done, Optional.empty()));
  }

  Publication failed(MigrationResult stopped, MigrationFailure failure) {
    return new Publication(List.of(schema(stopped, run.wasUsable(), Optional.of(failure))),
        List.of(new LifecycleEvent.MigrationFailed(run.subject(), failure, stopped.applied(), evidence)), asks(stopped, Optional.of(failure)));
  }

  /**
   * The provisioner is asked for the next incarnation on the same epoch, at the commit last seen: a newer push may be on its way. While
   * this one is itself still to serve, it counts as failed, since nothing is rebuilt that is being made ready.
   */
  Publication rebuild(MigrationResult unchanged, List<HistoryChange> changes) {
    String reason = reason(changes);
    Request ask = new Request.RebuildRequested(run.subject().origin(), run.subject().incarnation(), Optional.empty(),
        EpochChoice.SAME, reason, MigratorWorker.NAME);
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

  private List<Request> asks(MigrationResult result, Optional<MigrationFailure> failure) {
    return switch (run.subject().origin().kind()) {
      case FULL -> Stream.concat(finished(failure.isEmpty()), rehearse(result, failure)).toList();
      case REHEARSAL -> List.of(new Request.RehearsalFinished(
          Origin.ofBranch(run.subject().origin().repository(), run.subject().origin().ref()), run.commit(),
          new Rehearsed(run.stores().epoch(), run.subject().incarnation(), result.version(), result.applied(), failure, evidence)));
      case STATIC, PRODUCTION, REPOSITORY -> List.of();
    };
  }

  /** The ask that goes with the outcome of an incarnation that is to serve next: the provisioner decides whether it does. */
  private Stream<Request> finished(boolean usable) {
    return run.isNext()
        ? Stream.of(new Request.RunFinished(run.subject().origin(), run.subject().incarnation(), run.commit(), usable))
        : Stream.of();
  }

  private Stream<Request> rehearse(MigrationResult done, Optional<MigrationFailure> failure) {
    return rehearses && failure.isEmpty() && !done.applied().isEmpty()
        ? Stream.of(new Request.RehearseRequested(run.subject().origin(), run.subject().incarnation(), run.commit(), MigratorWorker.NAME))
        : Stream.of();
  }
}
