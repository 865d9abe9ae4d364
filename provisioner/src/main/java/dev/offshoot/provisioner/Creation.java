package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.Activity;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.EpochChoice;
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
  private static final Logger LOG = LoggerFactory.getLogger(Creation.class);

  private final EnvironmentStores stores;
  private final EpochsAtHand epochs;
  private final Incarnations incarnations;
  private final Retirement retirement;
  private final Tips tips;
  private final String keyId;
  private final Clock clock;

  Creation(EnvironmentStores stores, Retirement retirement, Tips tips, String keyId, Clock clock) {
    this.stores = stores;
    this.epochs = new EpochsAtHand(stores);
    this.retirement = retirement;
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
    // neither changes anything, nor needs the other's answer
    var looked = AllAtOnce.both(() -> epochs.newestHeld(turn).epoch(), () -> incarnations.next(turn));
    Epoch epoch = looked.one();
    Incarnation incarnation = looked.other();
    Intent.Creating intent = new Intent.Creating(incarnation, epoch.id());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Presence presence = new Presence(turn.origin(), intent, hint, Optional.empty(), now);
    turn.context().commit(Publication.of(presence, new EnvironmentAccepted(turn.subject(incarnation, hint),
        epoch.id())));
    return make(turn, intent, epoch, hint);
  }

  /**
   * Takes the intent that a tag names once more, then carries on with it. Law: people may have worked in what stands, so it counts as
   * having served, whatever becomes of the attempt: it is never removed without a backup, and is idle from now on only. The same holds
   * of younger ones that stand beside it.
   *
   * @param newest the highest incarnation that the stores hold
   */
  Outcome takeUp(Turn turn, OwnerTag tag, Incarnation newest, Optional<Commit> tip) throws InterruptedException {
    Incarnation incarnation = tag.owner().incarnation();
    Intent.Creating intent = new Intent.Creating(incarnation, tag.epoch());
    turn.context().commit(Publication.of(List.of(
        new Presence(turn.origin(), intent, tip, Optional.empty(), tag.intent(), Optional.of(newest)),
        new Stores(incarnation, tag.epoch(), keyId, List.of()), new Activity(clock.instant())),
        new EnvironmentAccepted(turn.subject(incarnation, tip), tag.epoch())));
    return goOn(turn, intent, tip);
  }

  /** Takes the intent to make the next incarnation from what was kept of another, then carries on with it. */
  Outcome restore(Turn turn, Incarnation from, EpochId epoch) throws InterruptedException {
    Incarnation incarnation = incarnations.next(turn);
    Intent.Creating intent = new Intent.Creating(incarnation, epoch, Optional.of(from));
    Optional<Commit> last = lastCommit(turn, from);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    turn.context().commit(Publication.of(new Presence(turn.origin(), intent, last, Optional.empty(), now),
        new EnvironmentAccepted(turn.subject(incarnation, last), epoch)));
    return makeFromBackups(turn, intent, from);
  }

  /** Where it was when it was destroyed; its branch may be gone. */
  private static Optional<Commit> lastCommit(Turn turn, Incarnation incarnation) {
    return turn.state().schema().filter(schema -> schema.incarnation().equals(incarnation)).map(Schema::commit)
        .or(() -> turn.presence().tip());
  }

  /** A person has asked for it, so that the branch is gone does not end it. */
  private Outcome makeFromBackups(Turn turn, Intent.Creating intent, Incarnation from) throws InterruptedException {
    List<BackupReceipt> receipts = turn.state().backups().map(backups -> backups.keptOf(from)).orElse(List.of());
    if (receipts.isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "The backups of incarnation " + from
          + " are gone; destroy the environment, then create it anew");
    }
    return make(turn, intent, Optional.empty(), tag -> stores.restore(tag, receipts)).outcome(List.of());
  }

  /** Brings a committed intent about; also after a crash, or when a push heals what had failed. */
  Outcome goOn(Turn turn, Intent.Creating intent, Optional<Commit> hint) throws InterruptedException {
    if (intent.restoredFrom().isPresent()) {
      return makeFromBackups(turn, intent, intent.restoredFrom().get());
    }
    Optional<Epoch> epoch = EpochsAtHand.known(turn).flatMap(known -> known.find(intent.epoch()));
    if (epoch.isPresent() && canGoOn(turn, intent, epoch.get())) {
      return make(turn, intent, epoch.get(), hint);
    }
    if (!Retirement.neverServed(turn.state(), intent.incarnation())) {
      throw new Failure(Failure.Kind.INVALID, "The snapshot " + intent.epoch()
          + " is gone; destroy the environment, then create it again");
    }
    return makeFromAnother(turn, intent, hint);
  }

  /** What stands already needs no snapshot any more. */
  private boolean canGoOn(Turn turn, Intent.Creating intent, Epoch epoch) throws InterruptedException {
    return !Retirement.neverServed(turn.state(), intent.incarnation()) || stores.hold(epoch)
        || stores.haveAll(new OwnerTag(turn.owner(intent.incarnation()), epoch.id(), turn.presence().since()), epoch);
  }

  /**
   * The same intent, from the newest snapshot, which {@code stores.ready} names. What was begun from the one that is gone is nobody's, and
   * goes first.
   */
  private Outcome makeFromAnother(Turn turn, Intent.Creating intent, Optional<Commit> hint) throws InterruptedException {
    Epoch epoch = epochs.choose(turn, EpochChoice.NEWEST, intent.epoch()).epoch();
    LOG.atWarn().addKeyValue("environment", turn.origin().environment())
        .log("The snapshot {} is gone; incarnation {} is made from {}", intent.epoch(), intent.incarnation(), epoch.id());
    var _ = retirement.retire(turn, List.of(intent.incarnation()), intent.incarnation()::equals);
    Intent.Creating again = new Intent.Creating(intent.incarnation(), epoch.id());
    Presence present = turn.presence();
    turn.context().commit(Publication.of(
        new Presence(
        present.origin(), again, present.tip(), present.failure(), present.since(), present.unknown())));
    return make(turn, again, epoch, hint);
  }

  private Outcome make(Turn turn, Intent.Creating intent, Epoch epoch, Optional<Commit> hint) throws InterruptedException {
    Made made = make(turn, intent, hint, tag -> stores.ensure(tag, epoch));
    return made.outcome(made.isGone() ? gone(turn) : List.of());
  }

  private Made make(Turn turn, Intent.Creating intent, Optional<Commit> hint, Making making) throws InterruptedException {
    Instant started = clock.instant();
    Presence present = turn.presence();
    OwnerTag tag = new OwnerTag(turn.owner(intent.incarnation()), intent.epoch(), present.since());
    Tips.Reading reading = tips.startReading(turn);
    EnvironmentStores.Prepared prepared = made(() -> making.of(tag));
    Optional<Commit> seen = reading.get();
    Optional<Commit> tip = turn.named().or(() -> seen).or(() -> hint).or(present::tip);
    boolean wanted = turn.named().isPresent() || intent.restoredFrom().isPresent();
    Presence made = present.with(new Intent.Standing(intent.incarnation(), intent.epoch()), clock.instant());
    Presence standing = turn.heard(wanted ? made.pinnedTo(tip, seen) : made.withTip(tip));
    StoresReady ready = prepared.ready(turn.subject(intent.incarnation(), tip), intent.epoch(),
        Duration.between(started, clock.instant())).restored(intent.restoredFrom());
    return new Made(standing, new Stores(intent.incarnation(), intent.epoch(), keyId, prepared.coordinates()), ready,
        seen.isEmpty() && !wanted);
  }

  /** The effect on the stores, of a rehearsal too. */
  static EnvironmentStores.Prepared made(Effect effect) throws InterruptedException {
    FaultPoint.at("create.stores.before");
    EnvironmentStores.Prepared prepared = effect.bring();
    FaultPoint.at("create.stores.after");
    return prepared;
  }

  /** Makes stores. */
  @FunctionalInterface
  interface Effect {
    EnvironmentStores.Prepared bring() throws InterruptedException;
  }

  @FunctionalInterface
  private interface Making {
    EnvironmentStores.Prepared of(OwnerTag tag) throws InterruptedException;
  }

  /** @param isGone whether the ref was seen gone meanwhile */
  private record Made(Presence standing, Stores stores, StoresReady ready, boolean isGone) {
    Outcome outcome(List<Request> asks) {
      return Outcome.done(new Publication(List.of(standing, stores), List.of(ready), asks));
    }
  }

  /** A delete that was delivered before the push has found nothing to destroy: it is decided again. */
  private static List<Request> gone(Turn turn) {
    return List.of(new Request.BranchDeleted(turn.origin(), ProvisionerWorker.NAME));
  }
}
