package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.Activity;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent.EnvironmentAccepted;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Request;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** Makes an incarnation's stores. */
final class Creation {
  private final EnvironmentStores stores;
  private final Incarnations incarnations;
  private final Tips tips;
  private final String keyId;
  private final Clock clock;

  Creation(EnvironmentStores stores, Tips tips, String keyId, Clock clock) {
    this.stores = stores;
    this.incarnations = new Incarnations(stores);
    this.tips = tips;
    this.keyId = keyId;
    this.clock = clock;
  }

  /**
   * Takes the intent, then carries on with it.
   *
   * @param hint the commit that the request names
   */
  Outcome create(Turn turn, Optional<Commit> hint) throws InterruptedException {
    Epoch epoch = EpochsAtHand.newest(turn);
    Incarnation incarnation = incarnations.next(turn);
    Intent.Creating intent = new Intent.Creating(incarnation, epoch.id());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Presence presence = new Presence(turn.origin(), intent, hint, Optional.empty(), now);
    turn.context().commit(Publication.of(presence, new EnvironmentAccepted(turn.subject(incarnation, hint),
        epoch.id())));
    return goOn(turn, intent, hint);
  }

  /**
   * Takes the intent that a tag names once more, then carries on with it. Law: people may have worked in what stands, so it counts as
   * having served, whatever becomes of the attempt: it is never removed without a backup, and is idle from now on only.
   */
  Outcome takeUp(Turn turn, OwnerTag tag, Optional<Commit> tip) throws InterruptedException {
    Incarnation incarnation = tag.owner().incarnation();
    Intent.Creating intent = new Intent.Creating(incarnation, tag.epoch());
    turn.context().commit(Publication.of(List.of(
        new Presence(turn.origin(), intent, tip, Optional.empty(), tag.intent()),
        new Stores(incarnation, tag.epoch(), keyId, List.of()), new Activity(clock.instant())),
        new EnvironmentAccepted(turn.subject(incarnation, tip), tag.epoch())));
    return goOn(turn, intent, tip);
  }

  /** Brings a committed intent about; also after a crash, or when a push heals what had failed. */
  Outcome goOn(Turn turn, Intent.Creating intent, Optional<Commit> hint) throws InterruptedException {
    Instant started = clock.instant();
    Presence present = turn.presence();
    Epoch epoch = EpochsAtHand.known(turn).flatMap(epochs -> epochs.find(intent.epoch()))
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The snapshot " + intent.epoch()
            + " is gone; destroy the environment, "
            + "then create it again"));
    OwnerTag tag = new OwnerTag(turn.owner(intent.incarnation()), epoch.id(), present.since());
    Tips.Reading reading = tips.startReading(turn);
    FaultPoint.at("create.stores.before");
    List<StoreCoordinates> coordinates = stores.ensure(tag, epoch);
    FaultPoint.at("create.stores.after");
    Optional<Commit> seen = reading.get();
    Optional<Commit> tip = seen.or(() -> hint).or(present::tip);
    Presence standing = present
        .with(new Intent.Standing(intent.incarnation(), epoch.id()), clock.instant())
        .withTip(tip);
    StoresReady ready = new StoresReady(turn.subject(intent.incarnation(), tip), epoch.id(), coordinates,
        Duration.between(started, clock.instant()));
    Stores made = new Stores(intent.incarnation(), epoch.id(), keyId, coordinates);
    return Outcome.done(new Publication(List.of(standing, made), List.of(ready), seen.isEmpty() ? gone(turn)
        : List.of()));
  }

  /** A delete that was delivered before the push has found nothing to destroy: it is decided again. */
  private static List<Request> gone(Turn turn) {
    return List.of(new Request.BranchDeleted(turn.origin(), ProvisionerWorker.NAME));
  }
}
