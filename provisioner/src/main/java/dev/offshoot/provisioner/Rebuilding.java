package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent.RebuildAccepted;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.EpochsAtHand.Chosen;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** Makes the next incarnation's stores beside those that serve. */
final class Rebuilding {
  private final EnvironmentStores stores;
  private final Incarnations incarnations;
  private final Retirement retirement;
  private final String keyId;
  private final Clock clock;

  Rebuilding(EnvironmentStores stores, Retirement retirement, String keyId, Clock clock) {
    this.stores = stores;
    this.incarnations = new Incarnations(stores);
    this.retirement = retirement;
    this.keyId = keyId;
    this.clock = clock;
  }

  /** Takes the intent, then carries on with it. An attempt that failed gives way to it, what serves does not. */
  Outcome rebuild(Turn turn, Decision.Rebuild decision) throws InterruptedException {
    Chosen chosen = new EpochsAtHand(stores).choose(turn, decision.ask().epoch(), decision.same());
    Incarnation next = incarnations.next(turn);
    Incarnation serving = turn.presence().intent().serving();
    Intent.Resetting intent = new Intent.Resetting(serving, next, chosen.epoch().id(), decision.ask().reason());
    Optional<Commit> commit = Optional.of(decision.commit());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Presence resetting = turn.presence().with(intent, now);
    // a worker's ask names the commit it was at, a person's the one that is wanted
    Presence to = turn.message().cause().isEmpty() ? resetting.pinnedTo(commit, resetting.lastSeen()) : resetting.withTip(commit);
    turn.context().commit(Publication.of(to, new RebuildAccepted(
        turn.subject(next, commit), serving, chosen.epoch().id(), chosen.gone(), decision.ask().reason())));
    return goOn(turn, intent, commit);
  }

  /**
   * Brings a committed intent about; also after a crash, or when a push heals what had failed. Where nothing serves, the next incarnation
   * does at once.
   */
  Outcome goOn(Turn turn, Intent.Resetting intent, Optional<Commit> tip) throws InterruptedException {
    Instant started = clock.instant();
    Epoch epoch = EpochsAtHand.known(turn).flatMap(epochs -> epochs.find(intent.epoch()))
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The snapshot " + intent.epoch()
            + " is gone; ask for the rebuild again"));
    removeEarlierAttempts(turn, intent);
    Presence present = turn.presence();
    OwnerTag tag = new OwnerTag(turn.owner(intent.incarnation()), epoch.id(), present.since());
    FaultPoint.at("rebuild.stores.before");
    EnvironmentStores.Prepared prepared = stores.ensure(tag, epoch);
    FaultPoint.at("rebuild.stores.after");
    Stores made = new Stores(intent.incarnation(), epoch.id(), keyId, prepared.coordinates());
    Optional<Stores> serving = turn.state().currentStores();
    Presence there = tip.equals(present.tip()) ? present.recovered() : present.movedTo(tip);
    Presence now = serving.isPresent()
        ? there
        : there.with(new Intent.Standing(intent.incarnation(), epoch.id()), clock.instant());
    StoresReady ready = prepared.ready(turn.subject(intent.incarnation(), tip), epoch.id(),
        Duration.between(started, clock.instant()));
    return Outcome.done(Publication.of(List.of(now, serving.map(them -> them.beside(made)).orElse(made)), ready));
  }

  /** Nobody has used them, so they go without a backup. */
  private void removeEarlierAttempts(Turn turn, Intent.Resetting intent) throws InterruptedException {
    var _ = retirement.retire(turn, List.of(), incarnation -> incarnation.isOlderThan(intent.incarnation())
        && Retirement.neverServed(turn.state(), incarnation));
  }
}
