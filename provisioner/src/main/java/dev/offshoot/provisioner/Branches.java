package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.Activity;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent.CommitAccepted;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.Decision.Seen;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** What is asked about the environment of a branch, in its lane: decided by {@link Decisions}, carried out by one of the effects. */
final class Branches {
  private static final Logger LOG = LoggerFactory.getLogger(Branches.class);

  private final Duration idleAfter;
  private final Tips tips;
  private final EnvironmentStores stores;
  private final Effects effects;
  private final Clock clock;

  Branches(Duration idleAfter, Tips tips, EnvironmentStores stores, Effects effects, Clock clock) {
    this.idleAfter = idleAfter;
    this.tips = tips;
    this.stores = stores;
    this.effects = effects;
    this.clock = clock;
  }

  /** What can be done about one. */
  record Effects(
      Creation creation, Destruction destruction, Rebuilding rebuilding, Switching switching, Adoption adoption,
      BackupRetention retention, Reporting reporting) {}

  Outcome handle(Request request, Turn turn) throws InterruptedException {
    if (!turn.origin().ref().isBranch()) {
      return new Outcome.Rejected("only branches get an environment");
    }
    boolean ends = request instanceof Request.DestroyRequested || request instanceof Request.Expired
        || request instanceof Request.BackupsExpired;
    if (!ends && turn.origin().ref().branch().equals(turn.repository().defaultBranch())) {
      return new Outcome.Rejected("the default branch has Staging");
    }
    return switch (request) {
      case Request.Lifecycle lifecycle -> decideAndCarryOut(lifecycle, turn);
      case Request.Reporting reporting -> effects.reporting().handle(reporting, turn);
      case Request.AdoptRequested _ -> effects.adoption().adopt(turn);
      case Request.BackupsExpired _ when turn.state().presence().isPresent() -> effects.retention().drop(turn);
      case Request.BackupsExpired _ -> new Outcome.Rejected("there is no such environment");
      case Request.Upkeep _ -> new Outcome.Rejected("this is not asked of a branch's environment");
    };
  }

  private Outcome decideAndCarryOut(Request.Lifecycle request, Turn turn) throws InterruptedException {
    if (request instanceof Request.Expired expired && expired.due().isAfter(clock.instant())) {
      return new Outcome.Rejected("it is due at " + expired.due() + ", which is not yet: the clock of who asks is fast");
    }
    if (request instanceof Request.RefDiffers && turn.state().presence().isEmpty() && isForgotten(turn)) {
      return new Outcome.Rejected("the stores hold what nobody knows of any more; 'offshoot adopt' takes it up");
    }
    Seen seen = seen(request, turn);
    Decision decision = decide(request, turn, seen);
    if (decision instanceof Decision.GoOnDestroying(var intent) && request instanceof Request.MayCreate) {
      // an earlier destroy failed half-way: it is finished, and the request is then decided anew
      turn.context().commit(effects.destruction().goOn(turn, intent));
      seen = seen(request, turn);
      decision = decide(request, turn, seen);
    }
    decision = verified(decision, turn);
    LOG.atInfo().addKeyValue("environment", turn.origin().environment()).addKeyValue("event", turn.message().id())
        .addKeyValue("attempt", turn.context().attempt()).log("{}", decision);
    return Aftermath.of(request, carryOut(decision, request, turn, seen), turn);
  }

  /**
   * Law: a commit that a person names is looked for before anything is changed by it. What was accepted is carried on with: the host may have
   * forgotten the commit since. A rebuild may fail at its commit, since what serves serves on.
   */
  private Decision verified(Decision decision, Turn turn) {
    Optional<Commit> named = turn.named();
    boolean accepted = turn.state().presence().filter(present -> switch (present.intent()) {
      case Intent.Creating _, Intent.Standing _, Intent.Resetting _ -> present.tip().equals(named);
      case Intent.Destroying _, Intent.Destroyed _, Intent.Declared _ -> false;
    }).isPresent();
    return accepted || decision instanceof Decision.Ignore ? decision
        : named.flatMap(commit -> tips.refused(turn, commit)).<Decision>map(Decision.Ignore::new).orElse(decision);
  }

  private Decision decide(Request.Lifecycle request, Turn turn, Seen seen) {
    return new Decisions(turn.repository(), idleAfter).decide(request, turn.state(), seen);
  }

  /** The state was lost: what is in the stores is not to be replaced by something empty before anybody has looked. */
  private boolean isForgotten(Turn turn) throws InterruptedException {
    return !stores.list(turn.repository(), turn.origin().environment()).isEmpty();
  }

  private Seen seen(Request.Lifecycle request, Turn turn) {
    if (Decisions.needsTheRef(request, turn.state())) {
      return tips.read(turn);
    }
    return new Seen(turn.named().or(() -> turn.state().presence().flatMap(Presence::tip)));
  }

  private Outcome carryOut(Decision decision, Request.Lifecycle request, Turn turn, Seen seen) throws InterruptedException {
    return switch (decision) {
      case Decision.Create() -> effects.creation().create(turn, hint(request));
      case Decision.Restore(var from, var epoch) -> effects.creation().restore(turn, from, epoch);
      case Decision.GoOnCreating(var intent) -> effects.creation().goOn(turn, intent, hint(request));
      case Decision.Rebuild rebuild -> effects.rebuilding().rebuild(turn, rebuild);
      case Decision.GoOnResetting(var intent) -> effects.rebuilding().goOn(turn, intent, seen.tip());
      case Decision.Switch(var intent) -> effects.switching().switchOver(turn, intent);
      case Decision.Retire(var intent, var replaced) -> effects.switching().retire(turn, intent, replaced);
      case Decision.Update() -> update(turn, seen);
      case Decision.Destroy(var reason) -> destroy(request, turn, seen, reason);
      case Decision.GoOnDestroying(var intent) -> Outcome.done(effects.destruction().goOn(turn, intent));
      case Decision.Forget() -> Outcome.done(Publication.of(turn.presence().withTip(Optional.empty())));
      case Decision.Ignore(var reason) -> {
        takeBackWhatWasTold(turn);
        noteThatItIsTold(turn);
        yield new Outcome.Rejected(reason);
      }
    };
  }

  /** A request that was long tried in vain, and said so in the state, says too that this is over; what others failed at stays. */
  private static void takeBackWhatWasTold(Turn turn) throws InterruptedException {
    boolean told = turn.context().attempt() > Context.ATTEMPTS_BEFORE_TELLING;
    Optional<Presence> failed = turn.state().presence().filter(present -> told && present.failure().isPresent()
        && (present.intent() instanceof Intent.Standing || present.intent() instanceof Intent.Resetting));
    if (failed.isPresent()) {
      turn.context().commit(Publication.of(failed.get().recovered()));
    }
  }

  /** The delivery that tells of a tip which was read before it; told again, it is no news. */
  private static void noteThatItIsTold(Turn turn) throws InterruptedException {
    Optional<Presence> ahead = turn.state().presence().filter(present -> present.told().isPresent())
        .filter(present -> turn.message().event() instanceof Request.BranchPushed push
            && present.lastSeen().filter(push.commit()::equals).isPresent());
    if (ahead.isPresent()) {
      turn.context().commit(Publication.of(turn.heard(ahead.get())));
    }
  }

  private static Optional<Commit> hint(Request.Lifecycle request) {
    return switch (request) {
      case Request.BranchPushed push -> Optional.of(push.commit());
      case Request.CreateRequested create -> create.commit();
      case Request.ChangeUpdated change -> Optional.of(change.head());
      case Request.RefDiffers differs -> differs.found();
      case Request.Lifecycle _ -> Optional.empty();
    };
  }

  private Outcome update(Turn turn, Seen seen) {
    Presence present = turn.presence();
    Optional<Boolean> forced = turn.named().isPresent() ? Optional.empty() : tips.rewritten(turn, present.lastSeen(), seen.tip());
    Presence moved = turn.named().isPresent()
        ? present.recovered().pinnedTo(seen.tip(), present.lastSeen())
        : turn.heard(present.movedTo(seen.tip()));
    return Outcome.done(new Publication(List.of(moved),
        List.of(new CommitAccepted(turn.subject(present.intent().incarnation(), seen.tip()), forced)), unfinished(present, seen)));
  }

  /** What a switch could not retire is taken up again with every further commit: nobody else asks for it. */
  private static List<Request> unfinished(Presence present, Seen seen) {
    return present.intent() instanceof Intent.Standing standing && standing.retiring().isPresent()
        ? seen.tip().<Request>map(tip -> new Request.RunFinished(present.origin(), standing.incarnation(), tip, true))
            .stream().toList()
        : List.of();
  }

  private Outcome destroy(Request.Lifecycle request, Turn turn, Seen seen, String reason) throws InterruptedException {
    if (request instanceof Request.Expired && isInUse(turn)) {
      return Outcome.done(Publication.of(new Activity(clock.instant())));
    }
    boolean read = Decisions.needsTheRef(request, turn.state());
    Presence present = turn.presence();
    Optional<Commit> last = request instanceof Request.DestroyRequested ? present.lastHeard() : present.lastSeen();
    return effects.destruction().destroy(turn, reason, read ? seen.tip() : last);
  }

  /** Also of what serves while the incarnation that is meant is made. */
  private boolean isInUse(Turn turn) throws InterruptedException {
    Intent intent = turn.presence().intent();
    return stores.sessions(turn.owner(intent.serving())) > 0 || stores.sessions(turn.owner(intent.incarnation())) > 0;
  }
}
