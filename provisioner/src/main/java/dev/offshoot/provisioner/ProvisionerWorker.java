package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent.EnvironmentFailed;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/** Decides what exists, and brings it about. */
public final class ProvisionerWorker implements Worker {
  /** Also its consumer group, and the last part of its CloudEvents source. */
  public static final String NAME = "provisioner";
  private static final int LONGEST_REASON = 2_000;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}+");

  private final Rules rules;
  private final Branches branches;
  private final StaticEnvironments statics;
  private final Rehearsals rehearsals;
  private final Reconciliation reconciliation;

  /** @param keyId the master key that credentials are derived from */
  ProvisionerWorker(Rules rules, Tips tips, EnvironmentStores stores, String keyId, Clock clock) {
    Retirement retirement = new Retirement(stores);
    Creation creation = new Creation(stores, retirement, tips, keyId, clock);
    Destruction destruction = new Destruction(retirement, clock);
    Snapshots snapshots = new Snapshots(stores, clock);
    Adoption adoption = new Adoption(stores, tips, creation, snapshots);
    this.rules = rules;
    this.branches = new Branches(rules.idleAfter(), tips, stores, new Branches.Effects(
        creation, destruction, new Rebuilding(stores, retirement, keyId, clock), new Switching(retirement, clock), adoption,
        new BackupRetention(stores, rules.retention().backups(), clock), new Reporting(clock)), clock);
    this.statics = new StaticEnvironments(
        snapshots, adoption, new EpochRetirement(stores, rules.retention().epochs(), clock));
    this.rehearsals = new Rehearsals(stores, destruction, keyId, clock);
    this.reconciliation = new Reconciliation(tips, rules.brake(), clock);
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
      case FULL -> branches.handle(request, turn);
      case STATIC, PRODUCTION -> statics.handle(request, turn);
      case REHEARSAL -> rehearsals.handle(request, turn);
      case REPOSITORY -> request instanceof Request.ReconcileRequested reconcile
          ? reconciliation.compare(turn, reconcile)
          : new Outcome.Rejected("a repository is neither made nor destroyed");
    };
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
