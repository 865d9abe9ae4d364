package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.event.LifecycleEvent.SnapshotPublished;
import dev.offshoot.event.Request;
import dev.offshoot.event.Request.SnapshotRequested.Waiting;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.store.Original;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** Static environments: declared in the configuration, and what epochs are taken of. */
final class Snapshots {
  private final EnvironmentStores stores;
  private final Clock clock;

  Snapshots(EnvironmentStores stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /** Makes it known, and takes its first epoch. */
  Outcome declare(Turn turn) throws InterruptedException {
    commitDeclared(turn);
    return turn.state().epochs().flatMap(Epochs::newest).isPresent()
        ? new Outcome.Rejected("it is known already, and has a snapshot")
        : take(turn, original(turn), Optional.empty());
  }

  /** Takes an epoch of all stores; where rehearsals wait for one, only if the newest is too old for them. */
  Outcome take(Turn turn, Optional<Waiting> waiting) throws InterruptedException {
    Optional<EpochId> enough = waiting.flatMap(_ -> turn.state().epochs().flatMap(Epochs::newest)).filter(newest ->
        turn.repository().production().filter(at -> Rehearsals.isYoung(newest, at, clock.instant())).isPresent()).map(Epoch::id);
    return enough.isPresent() ? Outcome.done(new Publication(List.of(), List.of(), asked(waiting, enough.get())))
        : take(turn, original(turn), waiting);
  }

  private static Original original(Turn turn) {
    return turn.original().orElseThrow(() -> new Failure(Failure.Kind.INVALID,
        "The configuration has no production of " + turn.repository().key() + " any more"));
  }

  private static List<Request> asked(Optional<Waiting> waiting, EpochId epoch) {
    return waiting.<Request>map(one -> new Request.CreateRequested(
        one.origin().rehearsing(new Origin.Rehearsal(one.commit(), epoch)), Optional.of(one.commit()), ProvisionerWorker.NAME))
        .stream().toList();
  }

  private Outcome take(Turn turn, Original original, Optional<Waiting> waiting) throws InterruptedException {
    commitDeclared(turn);
    Instant started = clock.instant();
    Epochs before = turn.state().epochs().orElse(new Epochs(List.of()));
    EpochId id = next(turn.message().time(), before);
    FaultPoint.at("epoch.stores.before");
    List<StoreSnapshot> parts = stores.snapshot(original, id);
    FaultPoint.at("epoch.stores.after");
    Epoch epoch = new Epoch(id, started, parts);
    Epochs after = new Epochs(Stream.concat(before.epochs().stream(), Stream.of(epoch)).toList(),
        before.retiring());
    SnapshotPublished published = new SnapshotPublished(
        turn.subject(Incarnation.FIRST, Optional.empty()), epoch, Duration.between(started, clock.instant()));
    // a failure that an earlier attempt had is over
    return Outcome.done(new Publication(List.of(declared(turn), after), List.of(published), asked(waiting, id)));
  }

  /** The same for the same request, so that a killed attempt is carried on with; newer than every other. */
  private static EpochId next(Instant asked, Epochs before) {
    EpochId wanted = EpochId.at(asked);
    Instant later = before.newest().map(newest -> newest.id().takenAt().plusMillis(1)).orElse(Instant.EPOCH);
    return asked.truncatedTo(ChronoUnit.MILLIS).isBefore(later) ? EpochId.at(later) : wanted;
  }

  private void commitDeclared(Turn turn) throws InterruptedException {
    if (turn.state().presence().isEmpty()) {
      turn.context().commit(Publication.of(declared(turn)));
    }
  }

  Presence declared(Turn turn) {
    Instant since = turn.state().presence().map(Presence::since).orElseGet(clock::instant);
    return new Presence(turn.origin(), new Intent.Declared(), Optional.empty(), Optional.empty(), since);
  }
}
