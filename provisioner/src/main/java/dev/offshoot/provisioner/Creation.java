package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent.EnvironmentAccepted;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** Makes an incarnation's stores. */
final class Creation {
  private final EnvironmentStores stores;
  private final Tips tips;
  private final String keyId;
  private final Clock clock;

  Creation(EnvironmentStores stores, Tips tips, String keyId, Clock clock) {
    this.stores = stores;
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
    Epoch epoch = newestEpoch(turn);
    Incarnation incarnation = next(turn);
    Intent.Creating intent = new Intent.Creating(incarnation, epoch.id());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Presence presence = new Presence(turn.origin(), intent, hint, Optional.empty(), now);
    turn.context().commit(Publication.of(presence, new EnvironmentAccepted(turn.subject(incarnation, hint),
        epoch.id())));
    return goOn(turn, intent, hint);
  }

  /** Brings a committed intent about; also after a crash, or when a push heals what had failed. */
  Outcome goOn(Turn turn, Intent.Creating intent, Optional<Commit> hint) throws InterruptedException {
    Instant started = clock.instant();
    Presence present = turn.presence();
    Epoch epoch = epochs(turn).flatMap(epochs -> epochs.find(intent.epoch()))
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "The snapshot " + intent.epoch()
            + " is gone; destroy the environment, "
            + "then create it again"));
    OwnerTag tag = new OwnerTag(turn.owner(intent.incarnation()), epoch.id(), present.since());
    Tips.Reading reading = tips.startReading(turn);
    FaultPoint.at("create.stores.before");
    List<StoreCoordinates> coordinates = stores.ensure(tag, epoch);
    FaultPoint.at("create.stores.after");
    Optional<Commit> tip = reading.get().or(() -> hint).or(present::tip);
    Presence standing = present
        .with(new Intent.Standing(intent.incarnation(), epoch.id()), clock.instant())
        .withTip(tip);
    StoresReady ready = new StoresReady(turn.subject(intent.incarnation(), tip), epoch.id(), coordinates,
        Duration.between(started, clock.instant()));
    return Outcome.done(Publication.of(
        List.of(standing, new Stores(intent.incarnation(), epoch.id(), keyId, coordinates)), ready));
  }

  /** One above everything that was ever given: also what only the stores still know of. */
  private Incarnation next(Turn turn) throws InterruptedException {
    EnvironmentId environment = turn.origin().environment();
    Stream<Incarnation> held = stores.list(turn.repository(), environment).stream()
        .map(holding -> holding.found().owner().incarnation());
    return Stream.concat(held, turn.state().incarnation().stream())
        .max(Incarnation::compareTo)
        .map(Incarnation::next)
        .orElse(Incarnation.FIRST);
  }

  private static Optional<Epochs> epochs(Turn turn) {
    return turn.context().state().of(EnvironmentId.staging(turn.repository().key())).epochs();
  }

  private static Epoch newestEpoch(Turn turn) {
    return epochs(turn).flatMap(Epochs::newest)
        .orElseThrow(() -> new Failure(Failure.Kind.BUSY, "The environment waits for the first snapshot of Staging of "
            + turn.repository().key()));
  }
}
