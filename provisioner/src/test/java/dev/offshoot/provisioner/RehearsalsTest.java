package dev.offshoot.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.GitHostName;
import dev.offshoot.config.ProductionConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.RepositoryConfig.Creation;
import dev.offshoot.config.Secret;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.EpochUse;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Rehearsed;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.memory.MemoryStore;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.worker.Outcome;

class RehearsalsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final RepositoryKey KEY = new RepositoryKey("shop");
  private static final Commit ONE = new Commit("1".repeat(40));
  private static final Commit TWO = new Commit("2".repeat(40));
  private static final Origin BRANCH = Origin.ofBranch(KEY, GitRef.ofBranch("feature/x"));
  private static final Origin PRODUCTION = Origin.production(KEY, "main");
  private static final Duration HOUR = Duration.ofHours(1);

  private final MemoryState state = new MemoryState();
  private final MemoryRepository git = new MemoryRepository();
  private final MemoryStore postgres = new MemoryStore(StoreKind.POSTGRES, Clock.fixed(NOW, ZoneOffset.UTC));
  private final MemoryStore redis = new MemoryStore(StoreKind.REDIS, Clock.fixed(NOW, ZoneOffset.UTC));

  @BeforeEach
  void aBranchStands() throws Exception {
    postgres.publish("of staging", List.of("staged"));
    postgres.publish("of production", List.of("sold"));
    state.set(EnvironmentId.staging(KEY), epochs(NOW, "of staging"));
    push(ONE);
  }

  private static Epochs epochs(Instant at, String snapshot) {
    return new Epochs(List.of(new Epoch(EpochId.at(at), at, List.of(new StoreSnapshot(StoreKind.POSTGRES, snapshot, at, 1)))));
  }

  private ProvisionerWorker workerAt(Instant now) {
    StagingConfig database = new StagingConfig("shop", Optional.empty(), new StagingConfig.Snapshots(
        Optional.empty(), StagingConfig.Way.AUTO, Optional.empty(), Optional.of(Path.of("/masks.yaml"))));
    RepositoryConfig repository = new RepositoryConfig(KEY, GitHostName.GITEA, "acme/shop", "file:///nowhere", "main",
        List.of(new Secret("a-secret-that-nobody-uses")), Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
        new StagingConfig("shop_staging", Optional.empty()))
        .with(new ProductionConfig(database, ProductionConfig.Rehearse.ON_PUSH, Duration.ofDays(1), HOUR));
    return new ProvisionerWorker(new ProvisionerWorker.Rules(Map.of(KEY, repository), Duration.ofDays(3)),
        new Tips(_ -> git, Runnable::run), new EnvironmentStores(List.of(postgres, redis), List.of()), "k1",
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private Outcome say(Request request) throws Exception {
    return say(request, NOW);
  }

  private Outcome say(Request request, Instant at) throws Exception {
    return state.handle(workerAt(at), Message.first(EventId.random(), EventSource.worker("test"), at, request));
  }

  private Outcome push(Commit commit) throws Exception {
    git.push(BRANCH.ref(), commit);
    return say(new Request.BranchPushed(BRANCH, commit, false, false, "ann"));
  }

  private static List<Request> asks(Outcome outcome) {
    return outcome instanceof Outcome.Done(var publication) ? publication.asks() : List.of();
  }

  private void productionIsTakenAt(Instant at) {
    state.set(PRODUCTION.environment(), epochs(at, "of production"));
  }

  private static Request wanted(Commit commit) {
    return new Request.RehearseRequested(BRANCH, Incarnation.FIRST, commit, "migrator");
  }

  private static Origin rehearsal(Commit commit) {
    return BRANCH.rehearsing(new Origin.Rehearsal(commit, EpochId.at(NOW)));
  }

  private static Request creation(Commit commit) {
    return new Request.CreateRequested(rehearsal(commit), Optional.of(commit), "migrator");
  }

  private EnvironmentState of(Origin origin) {
    return state.of(origin.environment());
  }

  private void rehearsed(Commit commit) throws Exception {
    productionIsTakenAt(NOW);
    for (Request ask : asks(say(wanted(commit)))) {
      for (Request further : asks(say(ask))) {
        say(further);
      }
    }
  }

  @Test
  void itIsADatabaseOfProductionsNewestSnapshotAndNothingElse() throws Exception {
    productionIsTakenAt(NOW);

    assertThat(asks(say(wanted(ONE)))).containsExactly(creation(ONE));
    say(creation(ONE));

    EnvironmentState made = of(rehearsal(ONE));
    assertThat(made.stores().orElseThrow().coordinates()).extracting(StoreCoordinates::kind).containsExactly(StoreKind.POSTGRES);
    assertThat(postgres.read(new Owner(KEY, made.id(), Incarnation.FIRST))).containsExactly("sold");
    assertThat(made.presence().orElseThrow().expires()).hasValue(NOW.plus(HOUR));
    assertThat(state.lastEvent()).isInstanceOfSatisfying(LifecycleEvent.StoresReady.class,
        ready -> assertThat(ready.subject().origin().kind()).isEqualTo(EnvironmentKind.REHEARSAL));
    assertThat(of(BRANCH).phase()).isEqualTo(Phase.MIGRATING);
  }

  @Test
  void anOldSnapshotIsReplacedFirstAndOneThatIsYoungByThenWillDo() throws Exception {
    productionIsTakenAt(NOW.minus(Duration.ofDays(2)));

    Request snapshot = asks(say(wanted(ONE))).getFirst();
    assertThat(snapshot).isInstanceOf(Request.SnapshotRequested.class);
    assertThat(asks(say(snapshot))).containsExactly(new Request.CreateRequested(rehearsal(ONE), Optional.of(ONE), "provisioner"));
    assertThat(of(PRODUCTION).epochs().orElseThrow().epochs()).hasSize(2);
    assertThat(asks(say(snapshot))).containsExactly(new Request.CreateRequested(rehearsal(ONE), Optional.of(ONE), "provisioner"));
    assertThat(of(PRODUCTION).epochs().orElseThrow().epochs()).hasSize(2);
  }

  @Test
  void aCommitThatTheEnvironmentHasLeftIsNotRehearsed() throws Exception {
    productionIsTakenAt(NOW);
    push(TWO);

    assertThat(say(wanted(ONE))).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(creation(ONE))).isInstanceOf(Outcome.Rejected.class);
    assertThat(of(rehearsal(ONE)).presence()).isEmpty();
  }

  @Test
  void theNextOneTakesThePlaceOfTheOneBefore() throws Exception {
    rehearsed(ONE);
    push(TWO);
    rehearsed(TWO);

    assertThat(of(rehearsal(ONE)).phase()).isEqualTo(Phase.DESTROYED);
    assertThat(of(rehearsal(TWO)).presence().orElseThrow().intent()).isInstanceOf(Intent.Standing.class);
  }

  @Test
  void itGoesWithItsEnvironmentAndLeavesNoBackup() throws Exception {
    rehearsed(ONE);

    List<Request> asks = asks(say(new Request.DestroyRequested(BRANCH, "enough", "ann")));
    assertThat(asks).singleElement().isInstanceOfSatisfying(Request.DestroyRequested.class,
        destroy -> assertThat(destroy.origin()).isEqualTo(rehearsal(ONE)));
    say(asks.getFirst());

    assertThat(of(rehearsal(ONE)).phase()).isEqualTo(Phase.DESTROYED);
    assertThat(state.lastEvent()).isInstanceOfSatisfying(LifecycleEvent.EnvironmentDeleted.class,
        deleted -> assertThat(deleted.backups()).isEmpty());
    assertThat(postgres.list(KEY, rehearsal(ONE).environment())).isEmpty();
  }

  @Test
  void oneWhoseIntentWasCommittedBeforeItsEnvironmentWentIsNotMadeAnyMore() throws Exception {
    productionIsTakenAt(NOW);
    Message create = Message.first(EventId.random(), EventSource.worker("test"), NOW, creation(ONE));
    state.dieAtCommit(1, workerAt(NOW), create);
    assertThat(of(rehearsal(ONE)).presence().orElseThrow().intent()).isInstanceOf(Intent.Creating.class);

    List<Request> asks = asks(say(new Request.DestroyRequested(BRANCH, "enough", "ann")));
    state.handle(workerAt(NOW), create);

    assertThat(of(rehearsal(ONE)).phase()).isEqualTo(Phase.DESTROYED);
    assertThat(asks).hasSize(1);
    assertThat(say(asks.getFirst())).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void oneThatWasKilledWhileItWasMadeIsCarriedOnWith() throws Exception {
    productionIsTakenAt(NOW);
    Message create = Message.first(EventId.random(), EventSource.worker("test"), NOW, creation(ONE));
    state.dieAtCommit(1, workerAt(NOW), create);
    state.handle(workerAt(NOW.plusSeconds(5)), create);

    assertThat(of(rehearsal(ONE)).incarnation()).hasValue(Incarnation.FIRST);
    assertThat(of(rehearsal(ONE)).presence().orElseThrow().intent()).isInstanceOf(Intent.Standing.class);
  }

  @Test
  void whatNobodyAsksAwayGoesAtItsExpiryAndNotBefore() throws Exception {
    rehearsed(ONE);
    Instant due = NOW.plus(HOUR);
    Request expired = new Request.Expired(rehearsal(ONE), Incarnation.FIRST, due);

    assertThat(say(expired, NOW)).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(new Request.Expired(rehearsal(ONE), Incarnation.FIRST, due.minusSeconds(1)), due)).isInstanceOf(Outcome.Rejected.class);
    say(expired, due);
    assertThat(of(rehearsal(ONE)).phase()).isEqualTo(Phase.DESTROYED);
  }

  @Test
  void itsEndIsToldOfItsEnvironmentAndOneThatCameTooLateIsAskedAway() throws Exception {
    rehearsed(ONE);
    Rehearsed end = new Rehearsed(EpochId.at(NOW), Incarnation.FIRST, "3", List.of(), Optional.empty(), Optional.empty());

    say(new Request.RehearsalFinished(BRANCH, ONE, end));
    assertThat(state.lastEvent()).isInstanceOfSatisfying(LifecycleEvent.EnvironmentRehearsed.class, said -> {
      assertThat(said.subject().origin()).isEqualTo(BRANCH);
      assertThat(said.rehearsed()).isEqualTo(end);
    });

    push(TWO);
    assertThat(asks(say(new Request.RehearsalFinished(BRANCH, ONE, end)))).singleElement()
        .isInstanceOfSatisfying(Request.DestroyRequested.class, over -> assertThat(over.origin()).isEqualTo(rehearsal(ONE)));
  }

  @Test
  void whoWaitsForASnapshotThatCannotBeTakenHearsWhy() throws Exception {
    push(ONE);
    Request snapshot = new Request.SnapshotRequested(PRODUCTION, "provisioner", Optional.of(
        new Request.SnapshotRequested.Waiting(BRANCH, Incarnation.FIRST, ONE)));
    Message asked = Message.first(EventId.random(), EventSource.worker("test"), NOW, snapshot);

    List<Request> asks = workerAt(NOW).failure(asked, state.context(asked), "The policy says nothing of customer.phone").asks();

    assertThat(asks).singleElement().isInstanceOfSatisfying(Request.RehearsalRefused.class, refused -> {
      assertThat(refused.origin()).isEqualTo(BRANCH);
      assertThat(refused.reason()).contains("no snapshot of Production").contains("customer.phone");
    });
    say(asks.getFirst());
    assertThat(state.lastEvent()).isInstanceOfSatisfying(LifecycleEvent.EnvironmentNotRehearsed.class, said -> {
      assertThat(said.subject().origin()).isEqualTo(BRANCH);
      assertThat(said.subject().commit()).hasValue(ONE);
      assertThat(said.reason()).contains("customer.phone");
    });
    push(TWO);
    assertThat(say(asks.getFirst())).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void whoWaitsForACloneThatCannotBeMadeHearsWhyAndForNothingElse() throws Exception {
    push(ONE);
    Message create = Message.first(EventId.random(), EventSource.worker("test"), NOW, creation(ONE));
    Message destroy = Message.first(EventId.random(), EventSource.worker("test"), NOW,
        new Request.DestroyRequested(rehearsal(ONE), "enough", "ann"));

    assertThat(workerAt(NOW).failure(create, state.context(create), "the snapshot is gone").asks()).singleElement()
        .isInstanceOfSatisfying(Request.RehearsalRefused.class, refused -> assertThat(refused.origin()).isEqualTo(BRANCH));
    assertThat(workerAt(NOW).failure(destroy, state.context(destroy), "the server is away").asks()).isEmpty();
  }

  @Test
  void itUsesProductionsEpochsAndItsEnvironmentStagings() throws Exception {
    rehearsed(ONE);
    Epochs known = epochs(NOW.plusSeconds(60), "newer");

    assertThat(EpochUse.of(PRODUCTION.environment(), known, state.all()).used()).contains(EpochId.at(NOW));
    assertThat(EpochUse.of(KEY, new Epochs(List.of()), List.of(of(rehearsal(ONE)))).used()).isEmpty();
    assertThat(EpochUse.of(PRODUCTION.environment(), new Epochs(List.of()), List.of(of(BRANCH))).used()).isEmpty();
  }

  @Test
  void noDeliveryMakesOrRemovesOne() throws Exception {
    rehearsed(ONE);

    assertThat(say(new Request.BranchDeleted(rehearsal(ONE), "ann"))).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(new Request.RehearseRequested(rehearsal(ONE), Incarnation.FIRST, ONE, "migrator"))).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(new Request.DestroyRequested(PRODUCTION, "no", "ann"))).isInstanceOf(Outcome.Rejected.class);
  }
}
