package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.offshoot.config.BranchPattern;
import dev.offshoot.config.BranchRules;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.RepositoryConfig.Creation;
import dev.offshoot.config.Secret;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.memory.MemoryStore;
import dev.offshoot.worker.Outcome;

/** A provisioner around a repository and a store in memory, with everything it asks of itself carried out when {@link #settle} is called. */
final class MemoryShop {
  static final Commit ONE = commit(1);
  static final Commit TWO = commit(2);
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final RepositoryKey KEY = new RepositoryKey("shop");

  final MemoryState state = new MemoryState();
  final MemoryRepository git = new MemoryRepository();
  private final RepositoryConfig repository;
  private final ProvisionerWorker worker;

  MemoryShop() {
    this(Creation.ON_PUSH, BranchRules.ALL);
  }

  MemoryShop(Creation create, BranchRules rules) {
    repository = new RepositoryConfig(KEY, GitHostName.GITEA, "acme/shop", "file:///nowhere", "main",
        List.of(new Secret("a-secret-that-nobody-uses")), create, RepositoryConfig.DEFAULT_MIGRATIONS,
        new StagingConfig("shop", Optional.empty())).with(rules);
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    MemoryStore store = new MemoryStore(StoreKind.POSTGRES, clock);
    store.publish("snapshot", List.of("row"));
    worker = new ProvisionerWorker(new ProvisionerWorker.Rules(Map.of(KEY, repository), Duration.ofDays(3)),
        new Tips(any -> git, Runnable::run), new EnvironmentStores(List.of(store), List.of()), "k1", clock);
    Epoch epoch = new Epoch(EpochId.at(NOW), NOW, List.of(new StoreSnapshot(StoreKind.POSTGRES, "snapshot", NOW, 1)));
    state.set(Origin.staging(KEY, "main").environment(), new Epochs(List.of(epoch)));
    git.push(GitRef.ofBranch("main"), commit(9));
  }

  static BranchRules rules(Optional<String> label, List<String> include, List<String> exclude) {
    return new BranchRules(label, include.stream().map(BranchPattern::new).toList(), exclude.stream().map(BranchPattern::new).toList());
  }

  static Commit commit(int number) {
    return new Commit(Integer.toString(number).repeat(40));
  }

  static Origin branch(String name) {
    return Origin.ofBranch(KEY, GitRef.ofBranch(name));
  }

  Outcome say(Request request) throws Exception {
    return state.handle(worker, Message.first(EventId.random(), EventSource.worker("test"), NOW, request));
  }

  /** A push that is delivered. */
  Request.BranchPushed push(String name, Commit commit) {
    git.push(branch(name).ref(), commit);
    return new Request.BranchPushed(branch(name), commit, false, false, "ann");
  }

  Request.ChangeUpdated change(String name, Commit commit, String... labels) {
    return new Request.ChangeUpdated(branch(name), commit, GitRef.ofBranch("main"), 7, Set.of(labels), "ann");
  }

  void standing(String name) throws Exception {
    say(push(name, ONE));
  }

  void destroyed(String name) throws Exception {
    standing(name);
    say(new Request.DestroyRequested(branch(name), "enough", "ann"));
  }

  Outcome compare(Optional<String> confirmed) throws Exception {
    return say(new Request.ReconcileRequested(Origin.ofRepository(KEY, "main"), confirmed, "sweeper"));
  }

  /** Compares, and does what is asked for by it. */
  void reconcile() throws Exception {
    settle(compare(Optional.empty()));
  }

  void settle(Outcome outcome) throws Exception {
    for (Request ask : asks(outcome)) {
      settle(say(ask));
    }
  }

  static List<Request> asks(Outcome outcome) {
    return outcome instanceof Outcome.Done(var publication) ? publication.asks() : List.of();
  }

  Presence presence(String name) {
    return state.of(branch(name).environment()).presence().orElseThrow();
  }

  boolean isKnown(String name) {
    return state.of(branch(name).environment()).presence().isPresent();
  }

  boolean isDestroyed(String name) {
    return state.of(branch(name).environment()).phase() == Phase.DESTROYED;
  }

  <E extends LifecycleEvent> List<E> said(Class<E> type) {
    return state.events().stream().filter(type::isInstance).map(type::cast).toList();
  }
}
