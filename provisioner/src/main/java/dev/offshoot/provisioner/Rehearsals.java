package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.config.ProductionConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * Trial runs on Production's snapshots (decision 0036). Whether there is to be one is decided in the lane of the environment that it is
 * for; it is made and removed in a lane of its own, so that no push waits for it.
 *
 * <p>Laws: of an environment the newest alone is wanted. It goes with that environment: who commits an intent to make one looks after that
 * whether the environment still stands, and who commits the environment's end looks after that for its rehearsals; both commit in one
 * process, since their records share a partition, so one of them sees the other. What nobody asks away goes at its expiry.
 */
final class Rehearsals {
  private final EnvironmentStores stores;
  private final Incarnations incarnations;
  private final Destruction destruction;
  private final String keyId;
  private final Clock clock;

  Rehearsals(EnvironmentStores stores, Destruction destruction, String keyId, Clock clock) {
    this.stores = stores;
    this.incarnations = new Incarnations(stores);
    this.destruction = destruction;
    this.keyId = keyId;
    this.clock = clock;
  }

  /** Whether a rehearsal may be made from it. */
  static boolean isYoung(Epoch epoch, ProductionConfig production, Instant now) {
    return !epoch.takenAt().plus(production.every()).isBefore(now);
  }

  /** What to ask of the environment that waits for what could not be made. */
  static List<Request> disappointed(Message message, String reason) {
    return message.event() instanceof Request request ? disappointed(request, message.time(), reason) : List.of();
  }

  private static List<Request> disappointed(Request request, Instant since, String reason) {
    return switch (request) {
      case Request.SnapshotRequested snapshot -> snapshot.waiting().<Request>map(waiting -> new Request.RehearsalRefused(
          waiting.origin(), waiting.commit(), since,
          "there is no snapshot of Production to try it on: " + reason)).stream().toList();
      case Request.CreateRequested create -> create.origin().rehearsal().<Request>map(tried -> new Request.RehearsalRefused(
          Origin.ofBranch(create.origin().repository(), create.origin().ref()), tried.commit(), since,
          "Production's snapshot could not be cloned: " + reason)).stream().toList();
      case Request.Lifecycle _, Request.Upkeep _, Request.Reporting _ -> List.of();
    };
  }

  /** What is left to be asked away once an environment is gone; of a rehearsal nothing. */
  static List<Request> goneWith(Turn turn, String reason) {
    return turn.origin().kind() == EnvironmentKind.FULL && turn.repository().production().isPresent()
        ? others(turn, turn.origin()).map(origin -> over(origin, reason)).toList() : List.of();
  }

  /** Of the same environment. */
  private static Stream<Origin> others(Turn turn, Origin but) {
    return turn.context().state().all().stream().flatMap(state -> state.presence().stream())
        .filter(present -> isUnderWay(present.intent())).map(Presence::origin)
        .filter(origin -> origin.kind() == EnvironmentKind.REHEARSAL && origin.repository().equals(turn.origin().repository())
            && origin.ref().equals(turn.origin().ref()) && !origin.equals(but));
  }

  /** Asks it away. */
  static Request over(Origin rehearsal, String reason) {
    return new Request.DestroyRequested(rehearsal, reason, ProvisionerWorker.NAME);
  }

  /** In the rehearsal's own lane. */
  Outcome handle(Request request, Turn turn) throws InterruptedException {
    return switch (request) {
      case Request.CreateRequested _ -> create(turn);
      case Request.DestroyRequested destroy -> destroy(turn, destroy.reason());
      case Request.Expired expired -> expired(expired, turn);
      case Request.Lifecycle _, Request.Upkeep _, Request.Reporting _ ->
          new Outcome.Rejected("a rehearsal is made and removed, and nothing else");
    };
  }

  private Outcome create(Turn turn) throws InterruptedException {
    Origin.Rehearsal tried = turn.origin().rehearsal().orElseThrow();
    if (turn.state().presence().map(Presence::intent).orElse(null) instanceof Intent.Destroying destroying) {
      turn.context().commit(destruction.goOn(turn, destroying));
    }
    Optional<Intent> before = turn.state().presence().map(Presence::intent);
    if (before.orElse(null) instanceof Intent.Creating creating) {
      return make(turn, creating, tried);
    }
    if (before.filter(Rehearsals::isUnderWay).isPresent()) {
      return new Outcome.Rejected("it is under way already");
    }
    Optional<ProductionConfig> production = turn.repository().production();
    if (production.isEmpty() || !isWanted(turn, tried.commit())) {
      return new Outcome.Rejected("the environment it would be for is not at " + tried.commit().brief() + " any more");
    }
    Incarnation incarnation = incarnations.next(turn);
    Intent.Creating intent = new Intent.Creating(incarnation, tried.epoch());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Presence presence = new Presence(turn.origin(), intent, Optional.of(tried.commit()), Optional.empty(), now);
    turn.context().commit(Publication.of(presence.expiring(now.plus(production.get().keep())),
        new LifecycleEvent.EnvironmentAccepted(turn.subject(incarnation, Optional.of(tried.commit())), tried.epoch())));
    return make(turn, intent, tried);
  }

  private Outcome make(Turn turn, Intent.Creating intent, Origin.Rehearsal tried) throws InterruptedException {
    if (!isWanted(turn, tried.commit())) {
      return destruction.destroy(turn, "the environment it was for has moved on", Optional.of(tried.commit()));
    }
    Instant started = clock.instant();
    Epoch epoch = EpochsAtHand.known(turn).flatMap(known -> known.find(tried.epoch()))
        .orElseThrow(() -> new Failure(Failure.Kind.INVALID, "Production's snapshot " + tried.epoch() + " is gone; rehearse again"));
    OwnerTag tag = new OwnerTag(turn.owner(intent.incarnation()), epoch.id(), turn.presence().since());
    EnvironmentStores.Prepared prepared = Creation.made(() -> stores.ensure(tag, epoch));
    Presence standing = turn.presence().with(new Intent.Standing(intent.incarnation(), epoch.id()), clock.instant());
    return Outcome.done(new Publication(
        List.of(standing, new Stores(intent.incarnation(), epoch.id(), keyId, prepared.coordinates())),
        List.of(prepared.ready(turn.subject(intent.incarnation(), Optional.of(tried.commit())), epoch.id(),
            Duration.between(started, clock.instant()))),
        others(turn, turn.origin()).map(origin -> over(origin, "a newer rehearsal takes its place")).toList()));
  }

  private static boolean isWanted(Turn turn, Commit commit) {
    return isAt(turn.context().state().of(turn.origin().environment().parent()), commit);
  }

  /** Whether it stands, and is at the commit. */
  static boolean isAt(EnvironmentState environment, Commit commit) {
    return environment.presence()
        .filter(present -> present.intent() instanceof Intent.Standing || present.intent() instanceof Intent.Resetting)
        .flatMap(Presence::tip).filter(commit::equals).isPresent();
  }

  private static boolean isUnderWay(Intent intent) {
    return switch (intent) {
      case Intent.Creating _, Intent.Standing _, Intent.Resetting _ -> true;
      case Intent.Destroying _, Intent.Destroyed _, Intent.Declared _ -> false;
    };
  }

  private Outcome expired(Request.Expired expired, Turn turn) throws InterruptedException {
    boolean due = turn.state().presence().filter(present -> present.intent().incarnation().equals(expired.incarnation()))
        .flatMap(Presence::expires).filter(at -> !at.isAfter(expired.due()) && !at.isAfter(clock.instant())).isPresent();
    return due ? destroy(turn, "nobody asked it away in time") : new Outcome.Rejected("it is not due");
  }

  private Outcome destroy(Turn turn, String reason) throws InterruptedException {
    Optional<Intent> intent = turn.state().presence().map(Presence::intent);
    if (intent.orElse(null) instanceof Intent.Destroying destroying) {
      return Outcome.done(destruction.goOn(turn, destroying));
    }
    return intent.filter(Rehearsals::isUnderWay).isPresent() ? destruction.destroy(turn, reason, turn.presence().tip())
        : new Outcome.Rejected("there is no such rehearsal");
  }
}
