package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.environment.Activity;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent.CommitAccepted;
import dev.offshoot.event.LifecycleEvent.EnvironmentFailed;
import dev.offshoot.event.LifecycleEvent.ReportChanged;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.provisioner.Decision.Seen;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/** Decides what exists, and brings it about. */
public final class ProvisionerWorker implements Worker {
  /** Also its consumer group, and the last part of its CloudEvents source. */
  public static final String NAME = "provisioner";
  private static final Logger LOG = LoggerFactory.getLogger(ProvisionerWorker.class);
  private static final int LONGEST_REASON = 2_000;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}+");

  private final Rules rules;
  private final Tips tips;
  private final EnvironmentStores stores;
  private final Effects effects;
  private final Clock clock;

  /** @param keyId the master key that credentials are derived from */
  ProvisionerWorker(Rules rules, Tips tips, EnvironmentStores stores, String keyId, Clock clock) {
    this.rules = rules;
    this.tips = tips;
    this.stores = stores;
    Retirement retirement = new Retirement(stores);
    Creation creation = new Creation(stores, retirement, tips, keyId, clock);
    Snapshots snapshots = new Snapshots(stores, clock);
    this.effects = new Effects(creation, new Destruction(retirement, clock),
        new Rebuilding(stores, retirement, keyId, clock), new Switching(retirement, clock), snapshots,
        new Adoption(stores, tips, creation, snapshots),
        new EpochRetirement(stores, rules.retention().epochs(), clock), new BackupRetention(stores, rules.retention().backups(), clock),
        new Reconciliation(tips, rules.brake(), clock), new Rehearsals(stores, new Destruction(retirement, clock), keyId, clock));
    this.clock = clock;
  }

  /** What the configuration says about who gets an environment. */
  record Rules(Map<RepositoryKey, RepositoryConfig> repositories, Duration idleAfter, Retention retention, WorkersConfig.Brake brake) {
    Rules(Map<RepositoryKey, RepositoryConfig> repositories, Duration idleAfter) {
      this(repositories, idleAfter, Retention.USUAL);
    }

    Rules(Map<RepositoryKey, RepositoryConfig> repositories, Duration idleAfter, Retention retention) {
      this(repositories, idleAfter, retention, WorkersConfig.Reconcile.USUAL.brake());
    }
  }

  /**
   * How long what is not needed any more is kept.
   *
   * @param epochs from when nobody uses them
   * @param backups from when they were made
   */
  record Retention(Duration epochs, Duration backups) {
    static final Retention USUAL =
        new Retention(StoresConfig.DEFAULT_EPOCH_RETENTION, StoresConfig.DEFAULT_BACKUP_RETENTION);
  }

  private record Effects(
      Creation creation, Destruction destruction, Rebuilding rebuilding, Switching switching, Snapshots snapshots,
      Adoption adoption, EpochRetirement epochs, BackupRetention retention, Reconciliation reconciliation, Rehearsals rehearsals) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Inbox reads() {
    return Inbox.REQUESTS;
  }

  @Override
  public boolean takes(Event event) {
    return event instanceof Request;
  }

  @Override
  public Outcome handle(Message message, Context context) throws InterruptedException {
    if (!(message.event() instanceof Request request)) {
      return new Outcome.Rejected("not a request");
    }
    RepositoryConfig repository = rules.repositories().get(request.origin().repository());
    if (repository == null) {
      return new Outcome.Rejected("the configuration has no repository " + request.origin().repository());
    }
    Turn turn = new Turn(message, context, request.origin(), repository);
    try {
      return handle(request, turn);
    } catch (Failure e) {
      if (e.kind().isTransient() && context.attempt() == Context.ATTEMPTS_BEFORE_TELLING) {
        tellWhoWaits(message, context, e);
      }
      throw e;
    }
  }

  /** Who waits for a rehearsal hears why there is none yet; it is tried on. */
  private static void tellWhoWaits(Message message, Context context, Failure why) throws InterruptedException {
    List<Request> asks = Rehearsals.disappointed(message, readable(String.valueOf(why.getMessage())));
    if (!asks.isEmpty()) {
      context.commit(new Publication(List.of(), List.of(), asks));
    }
  }

  private Outcome handle(Request request, Turn turn) throws InterruptedException {
    return switch (request.origin().kind()) {
      case STATIC, PRODUCTION -> handleStatic(request, turn);
      case REHEARSAL -> effects.rehearsals().handle(request, turn);
      case FULL -> handleBranch(request, turn);
      case REPOSITORY -> request instanceof Request.ReconcileRequested reconcile
          ? effects.reconciliation().compare(turn, reconcile)
          : new Outcome.Rejected("a repository is neither made nor destroyed");
    };
  }

  private Outcome handleStatic(Request request, Turn turn) throws InterruptedException {
    return switch (request) {
      case Request.AdoptRequested _ -> effects.adoption().adoptEpochs(turn);
      case Request.Declared _ -> effects.snapshots().declare(turn);
      case Request.SnapshotRequested snapshot -> effects.snapshots().take(turn, snapshot.waiting());
      case Request.Expired _ -> effects.epochs().review(turn);
      case Request.BranchPushed _, Request.BranchDeleted _, Request.ChangeMerged _, Request.ChangeClosed _,
          Request.CreateRequested _, Request.DestroyRequested _, Request.RebuildRequested _, Request.RunFinished _,
          Request.RestoreRequested _, Request.BackupsExpired _, Request.ChangeUpdated _, Request.RefDiffers _,
          Request.ReconcileRequested _, Request.RehearseRequested _, Request.RehearsalFinished _, Request.RehearsalRefused _, Request.ReportRewritten _ ->
          new Outcome.Rejected("a static environment is neither made nor destroyed");
    };
  }

  private Outcome handleBranch(Request request, Turn turn) throws InterruptedException {
    if (!turn.origin().ref().isBranch()) {
      return new Outcome.Rejected("only branches get an environment");
    }
    boolean ends = request instanceof Request.DestroyRequested || request instanceof Request.Expired
        || request instanceof Request.BackupsExpired;
    if (!ends && turn.origin().ref().branch().equals(turn.repository().defaultBranch())) {
      return new Outcome.Rejected("the default branch has Staging");
    }
    if (request instanceof Request.Expired expired && expired.due().isAfter(clock.instant())) {
      return new Outcome.Rejected("it is due at " + expired.due() + ", which is not yet: the clock of who asks is fast");
    }
    if (request instanceof Request.AdoptRequested) {
      return effects.adoption().adopt(turn);
    }
    if (request instanceof Request.BackupsExpired) {
      return turn.state().presence().isPresent() ? effects.retention().drop(turn) : new Outcome.Rejected("there is no such environment");
    }
    if (request instanceof Request.RefDiffers && turn.state().presence().isEmpty() && isForgotten(turn)) {
      return new Outcome.Rejected("the stores hold what nobody knows of any more; 'offshoot adopt' takes it up");
    }
    if (request instanceof Request.RehearseRequested ask) {
      return effects.rehearsals().wanted(ask, turn);
    }
    if (request instanceof Request.RehearsalFinished end) {
      return effects.rehearsals().finished(end, turn);
    }
    if (request instanceof Request.ReportRewritten ask) {
      return rewritten(ask, turn);
    }
    if (request instanceof Request.RehearsalRefused why) {
      return Rehearsals.refused(why, turn);
    }
    Seen seen = seen(request, turn);
    Decision decision = new Decisions(turn.repository(), rules.idleAfter()).decide(request, turn.state(), seen);
    boolean wants = request instanceof Request.BranchPushed || request instanceof Request.CreateRequested
        || request instanceof Request.RestoreRequested || request instanceof Request.ChangeUpdated
        || request instanceof Request.RefDiffers;
    if (decision instanceof Decision.GoOnDestroying(var intent) && wants) {
      // an earlier destroy failed half-way: it is finished, and the request is then decided anew
      turn.context().commit(effects.destruction().goOn(turn, intent));
      seen = seen(request, turn);
      decision = new Decisions(turn.repository(), rules.idleAfter()).decide(request, turn.state(), seen);
    }
    LOG.atInfo().addKeyValue("environment", turn.origin().environment()).addKeyValue("event", turn.message().id())
        .addKeyValue("attempt", turn.context().attempt()).log("{}", decision);
    return Aftermath.of(request, carryOut(decision, request, turn, seen), turn);
  }

  /** The reporter reads what is said of environments, not what is asked. */
  private static Outcome rewritten(Request.ReportRewritten ask, Turn turn) {
    boolean stays = turn.state().presence().flatMap(Presence::tip).filter(ask.commit()::equals).isPresent();
    return turn.state().report().filter(report -> stays && report.commit().equals(ask.commit()))
        .<Outcome>map(report -> Outcome.done(new Publication(List.of(), List.of(new ReportChanged(
            turn.subject(report.incarnation(), Optional.of(report.commit())), ask.reason())), List.of())))
        .orElseGet(() -> new Outcome.Rejected("the branch has left " + ask.commit().brief()));
  }

  /** The state was lost: what is in the stores is not to be replaced by something empty before anybody has looked. */
  private boolean isForgotten(Turn turn) throws InterruptedException {
    return !stores.list(turn.repository(), turn.origin().environment()).isEmpty();
  }

  private Seen seen(Request request, Turn turn) {
    if (Decisions.needsTheRef(request, turn.state())) {
      return tips.read(turn);
    }
    return new Seen(turn.named().or(() -> turn.state().presence().flatMap(Presence::tip)));
  }

  private Outcome carryOut(Decision decision, Request request, Turn turn, Seen seen) throws InterruptedException {
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

  private static Optional<Commit> hint(Request request) {
    return switch (request) {
      case Request.BranchPushed push -> Optional.of(push.commit());
      case Request.CreateRequested create -> create.commit();
      case Request.ChangeUpdated change -> Optional.of(change.head());
      case Request.RefDiffers differs -> differs.found();
      case Request.BranchDeleted _, Request.ChangeMerged _, Request.ChangeClosed _, Request.DestroyRequested _, Request.Expired _,
          Request.SnapshotRequested _, Request.Declared _, Request.RebuildRequested _, Request.RunFinished _,
          Request.RestoreRequested _, Request.BackupsExpired _ -> Optional.empty();
      case Request.AdoptRequested _, Request.ReconcileRequested _, Request.RehearseRequested _, Request.RehearsalFinished _, Request.RehearsalRefused _, Request.ReportRewritten _ ->
          Optional.empty();
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

  private Outcome destroy(Request request, Turn turn, Seen seen, String reason) throws InterruptedException {
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

  /** Told where a developer looks; the next push carries on. */
  @Override
  public Publication failure(Message message, Context context, String reason) {
    if (!(message.event() instanceof Request request)) {
      return Publication.NOTHING;
    }
    String line = readable(reason);
    List<Request> asks = Rehearsals.disappointed(message, line);
    return context.environment().presence()
        .map(present -> new Publication(List.of(present.failed(line)), List.of(new EnvironmentFailed(
            new Subject(request.origin(), present.intent().incarnation(), present.tip()), line)), asks))
        .orElseGet(() -> new Publication(List.of(), List.of(), asks));
  }

  /** A server's message may quote what a branch has put there, at any length. */
  private static String readable(String message) {
    String line = CONTROL.matcher(message).replaceAll(" ");
    int end = Math.min(line.length(), LONGEST_REASON);
    boolean splits = end < line.length() && Character.isHighSurrogate(line.charAt(end - 1));
    return line.substring(0, splits ? end - 1 : end);
  }
}
