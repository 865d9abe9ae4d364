package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.Activity;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent.CommitAccepted;
import dev.offshoot.event.LifecycleEvent.EnvironmentAccepted;
import dev.offshoot.event.LifecycleEvent.EnvironmentDeleted;
import dev.offshoot.event.LifecycleEvent.EnvironmentFailed;
import dev.offshoot.event.LifecycleEvent.ReportChanged;
import dev.offshoot.event.LifecycleEvent.SnapshotPublished;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.provisioner.memory.MisbehavingStore;
import dev.offshoot.provisioner.memory.Mishap;
import dev.offshoot.provisioner.memory.Verb;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

class ProvisionerWorkerTest {
  private static final Commit ONE = new Commit("1".repeat(40));
  private static final Commit TWO = new Commit("2".repeat(40));
  private static final Duration IDLE_AFTER = Duration.ofDays(3);
  private static final Duration LONG_AFTER = IDLE_AFTER.plusMinutes(10);
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("works", "works_staging",
      Optional.empty());
  private static final PostgresConfig SERVER = PostgresFixture.config();
  private static final PostgresStore POSTGRES = new PostgresStore(SERVER, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC());
  private static final Origin STAGING = Origin.staging(REPOSITORY.key(), "main");

  private final MemoryState state = new MemoryState();
  private final MemoryRepository git = new MemoryRepository();
  private final ProvisionerWorker worker = workerWith(POSTGRES);

  private ProvisionerWorker workerWith(Store store) {
    return workerWith(store, Clock.systemUTC());
  }

  private ProvisionerWorker workerWith(Store store, Clock clock) {
    return new ProvisionerWorker(
        new ProvisionerWorker.Rules(Map.of(REPOSITORY.key(), REPOSITORY), IDLE_AFTER), new Tips(repository -> git),
        new EnvironmentStores(List.of(store), List.of(new PostgresEpochs(SERVER, CREDENTIALS, Clock.systemUTC()))),
        CREDENTIALS.keyId(), clock);
  }

  @BeforeAll
  static void stagingStands() throws SQLException {
    PostgresFixture.staging("works_staging");
  }

  @BeforeEach
  void aSnapshotStands() throws Exception {
    assertThat(say(new Request.Declared(STAGING))).isInstanceOf(Outcome.Done.class);
  }

  private Outcome say(Request request) throws Exception {
    return state.handle(worker, message(request));
  }

  /** To a worker that hears it so much later. */
  private Outcome sayAfter(Duration later, Request request) throws Exception {
    return state.handle(workerWith(POSTGRES, Clock.offset(Clock.systemUTC(), later)), message(request));
  }

  private static Message message(Request request) {
    return Message.first(EventId.random(), EventSource.worker("test"), Instant.now(Clock.systemUTC()), request);
  }

  private static Origin branch(String name) {
    return Origin.ofBranch(REPOSITORY.key(), GitRef.ofBranch(name));
  }

  private Request.BranchPushed push(Origin origin, Commit commit) {
    git.push(origin.ref(), commit);
    return new Request.BranchPushed(origin, commit, false, false, "ann");
  }

  private EnvironmentState stateOf(Origin origin) {
    return state.of(origin.environment());
  }

  private Presence presence(Origin origin) {
    return stateOf(origin).presence().orElseThrow();
  }

  /** As the migrator would say it. */
  private void usable(Origin origin) {
    state.set(origin.environment(), new Schema(stateOf(origin).incarnation().orElseThrow(), presence(origin).tip()
        .orElseThrow(), "1",
        List.of(), true, Optional.empty(), Instant.now(Clock.systemUTC())));
  }

  private void standing(Origin origin) throws Exception {
    assertThat(say(push(origin, ONE))).isInstanceOf(Outcome.Done.class);
    usable(origin);
  }

  /** The ref has moved on to the second commit, and the delivery that tells of it has not come yet. */
  private Request.BranchPushed standingAheadOfItsDeliveries(Origin origin) throws Exception {
    Request.BranchPushed first = push(origin, ONE);
    Request.BranchPushed second = push(origin, TWO);
    assertThat(say(first)).isInstanceOf(Outcome.Done.class);
    usable(origin);
    assertThat(presence(origin).tip()).hasValue(TWO);
    return second;
  }

  @Test
  void aPushThatIsToldOfAfterAPersonsWishBringsBackWhatTheWishEndedThoughItsCommitHadBeenSeen() throws Exception {
    Origin origin = branch("wished-then-pushed");
    Request.BranchPushed second = standingAheadOfItsDeliveries(origin);
    assertThat(say(new Request.DestroyRequested(origin, "mine", "ann"))).isInstanceOf(Outcome.Done.class);

    assertThat(say(second)).isInstanceOf(Outcome.Done.class);
    assertThat(presence(origin).intent()).isInstanceOf(Intent.Standing.class);
  }

  @Test
  void aDeliveryThatComesAgainAfterAPersonsWishBringsNothingBack() throws Exception {
    Origin origin = branch("pushed-then-wished");
    Request.BranchPushed second = standingAheadOfItsDeliveries(origin);
    assertThat(say(second)).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(new Request.DestroyRequested(origin, "mine", "ann"))).isInstanceOf(Outcome.Done.class);

    assertThat(say(second)).isInstanceOf(Outcome.Rejected.class);
    assertThat(presence(origin).intent()).isInstanceOf(Intent.Destroyed.class);
  }

  @Test
  void aPushThatIsToldOfAfterItsMergeBringsNothingBack() throws Exception {
    Origin origin = branch("merged-then-told");
    Request.BranchPushed second = standingAheadOfItsDeliveries(origin);
    assertThat(say(new Request.ChangeMerged(origin, TWO, GitRef.ofBranch("main"), 7, "ann"))).isInstanceOf(Outcome.Done.class);

    assertThat(say(second)).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void thatAReportWasRewrittenIsSaidOfTheCommitItIsAboutAlone() throws Exception {
    Origin origin = branch("rewritten");
    standing(origin);
    Incarnation incarnation = stateOf(origin).incarnation().orElseThrow();
    state.set(origin.environment(), new Report(incarnation, ONE, "reports/x", Instant.now(Clock.systemUTC())));

    assertThat(say(new Request.ReportRewritten(origin, ONE, "because of b"))).isEqualTo(Outcome.done(new Publication(List.of(),
        List.of(new ReportChanged(new Subject(origin, incarnation, Optional.of(ONE)), "because of b")), List.of())));
    assertThat(say(new Request.ReportRewritten(origin, TWO, "because of b"))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aPushMakesAnEnvironmentAndADeleteKeepsAndRemovesIt() throws Exception {
    Origin origin = branch("feature/new_cool_page");
    assertThat(say(push(origin, ONE))).isInstanceOf(Outcome.Done.class);
    assertThat(state.events().subList(1, 3)).hasExactlyElementsOfTypes(EnvironmentAccepted.class, StoresReady.class);
    assertThat(((StoresReady) state.events().get(2)).drills().orElseThrow())
        .singleElement().satisfies(drill -> assertThat(drill.kind()).isEqualTo(StoreKind.POSTGRES));
    assertThat(presence(origin).intent()).isInstanceOf(Intent.Standing.class);
    assertThat(presence(origin).tip()).contains(ONE);
    StoreCoordinates database = stateOf(origin).currentStores().orElseThrow().of(StoreKind.POSTGRES).orElseThrow();
    try (Connection connection = PostgresFixture.login(database)) {
      assertThat(PostgresFixture.value(connection, "SELECT count(*) FROM product")).isEqualTo("100");
    }
    usable(origin);
    git.delete(origin.ref());
    assertThat(say(new Request.BranchDeleted(origin, "ann"))).isInstanceOf(Outcome.Done.class);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
    assertThat(presence(origin).tip()).isEmpty();
    assertThat(state.lastEvent()).isInstanceOfSatisfying(EnvironmentDeleted.class, deleted -> {
      assertThat(deleted.backups()).hasSize(1).allMatch(receipt -> receipt.kind() == StoreKind.POSTGRES);
    });
    assertThatThrownBy(() -> PostgresFixture.login(database).close()).isInstanceOf(SQLException.class);
    assertThat(POSTGRES.list(REPOSITORY.key(), origin.environment())).extracting(Found::condition)
        .containsExactly(Found.Condition.KEPT);
  }

  @Test
  void aFurtherPushIsAcceptedOnceAtTheTipThatTheRefHas() throws Exception {
    Origin origin = branch("feature/further");
    standing(origin);
    git.push(origin.ref(), TWO);
    Request.BranchPushed stale = new Request.BranchPushed(origin, ONE, false, false, "ann");
    assertThat(say(stale)).isInstanceOf(Outcome.Done.class);
    assertThat(state.lastEvent()).isInstanceOfSatisfying(CommitAccepted.class,
        accepted -> assertThat(accepted.subject().commit()).contains(TWO));
    assertThat(say(push(origin, TWO))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void killedAfterTheIntentItIsCarriedOnWithAsDecided() throws Exception {
    Origin origin = branch("feature/killed");
    Message message = message(push(origin, ONE));
    state.dieAtCommit(1, worker, message);
    Intent decided = presence(origin).intent();
    assertThat(decided).isInstanceOf(Intent.Creating.class);
    say(new Request.SnapshotRequested(STAGING, "ann"));
    state.handle(worker, message);
    assertThat(presence(origin).intent())
        .isEqualTo(new Intent.Standing(decided.incarnation(), ((Intent.Creating) decided).epoch()));
  }

  @Test
  void aDestroyThatIsKilledAnywhereIsCarriedOnWith() throws Exception {
    for (int commit = 1; commit <= 3; commit++) {
      Origin origin = branch("feature/killed-destroy-" + commit);
      standing(origin);
      Message message = message(new Request.DestroyRequested(origin, "enough", "ann"));
      state.dieAtCommit(commit, worker, message);
      assertThat(presence(origin).intent()).isInstanceOf(Intent.Destroying.class);
      state.handle(worker, message);
      assertThat(stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
      assertThat(stateOf(origin).backups().orElseThrow().receipts()).hasSize(1);
      assertThat(((EnvironmentDeleted) state.lastEvent()).backups()).hasSize(1);
    }
  }

  @Test
  void aMergeDestroysOnlyAtTheMergedHeadOrWhenTheBranchIsGone() throws Exception {
    Origin origin = branch("feature/merged");
    standing(origin);
    Request merged = new Request.ChangeMerged(origin, ONE, GitRef.ofBranch("main"), 7, "ann");
    git.push(origin.ref(), TWO);
    assertThat(say(merged)).isInstanceOf(Outcome.Rejected.class);
    git.push(origin.ref(), ONE);
    assertThat(say(merged)).isInstanceOf(Outcome.Done.class);
    assertThat(presence(origin).tip()).contains(ONE);
    assertThat(say(push(origin, ONE))).as("it stays destroyed at the same tip").isInstanceOf(Outcome.Rejected.class);
    assertThat(say(push(origin, TWO))).isInstanceOf(Outcome.Done.class);
    assertThat(stateOf(origin).incarnation()).contains(new Incarnation(2));
  }

  @Test
  void aBranchThatIsGoneOnceItsStoresStandIsDecidedAgain() throws Exception {
    Origin origin = branch("feature/gone-meanwhile");
    Message late = message(push(origin, ONE));
    git.delete(origin.ref());
    Request.BranchDeleted delete = new Request.BranchDeleted(origin, "ann");
    assertThat(say(delete)).as("it was delivered first and found nothing").isInstanceOf(Outcome.Rejected.class);
    Outcome made = state.handle(worker, late);
    assertThat(made).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.publication().asks())
        .singleElement().isInstanceOf(Request.BranchDeleted.class));
    say(((Outcome.Done) made).publication().asks().getFirst());
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
  }

  @Test
  void aLateDeleteOfABranchThatIsBackIsIgnored() throws Exception {
    Origin origin = branch("feature/back");
    standing(origin);
    assertThat(say(new Request.BranchDeleted(origin, "ann"))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void whatStoodIsBackedUpThoughNothingIsKnownOfItsSchema() throws Exception {
    Origin origin = branch("feature/never");
    say(push(origin, ONE));
    assertThat(stateOf(origin).schema()).isEmpty();
    say(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(((EnvironmentDeleted) state.lastEvent()).backups()).hasSize(1);
    assertThat(conditions(origin)).containsExactly(Found.Condition.KEPT);
  }

  @Test
  void whatNeverAllStoodGoesWithoutABackup() throws Exception {
    Origin origin = branch("feature/half-made");
    state.dieAtCommit(1, worker, message(push(origin, ONE)));
    Epoch epoch = stateOf(STAGING).epochs().orElseThrow().newest().orElseThrow();
    POSTGRES.ensure(new Blueprint(new OwnerTag(first(origin), epoch.id(), presence(origin).since()),
        Blueprint.Source.of(epoch.of(StoreKind.POSTGRES))));
    say(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(((EnvironmentDeleted) state.lastEvent()).backups()).isEmpty();
    assertThat(conditions(origin)).isEmpty();
  }

  @Test
  void aRoleWhoseKeptDatabaseWasDroppedDoesNotBlockLaterDestroys() throws Exception {
    Origin origin = branch("feature/dropped");
    standing(origin);
    say(new Request.DestroyRequested(origin, "enough", "ann"));
    String kept = stateOf(origin).backups().orElseThrow().receipts().getFirst().kept();
    PostgresFixture.admin("postgres", "DROP DATABASE " + kept);
    assertThat(conditions(origin)).containsExactly(Found.Condition.UNFINISHED);
    say(push(origin, TWO));
    assertThat(say(new Request.DestroyRequested(origin, "enough", "ann"))).isInstanceOf(Outcome.Done.class);
    assertThat(conditions(origin)).containsExactly(Found.Condition.KEPT);
  }

  @Test
  void aStoreThatKeepsNothingOfWhatStoodIsNotEmptied() throws Exception {
    Origin origin = branch("feature/unkept");
    standing(origin);
    ProvisionerWorker forgetful = workerWith(
        new MisbehavingStore(POSTGRES).next(Verb.SNAPSHOT, new Mishap.Forgets()));
    Message message = message(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(state.handle(forgetful, message)).isInstanceOf(Outcome.Failed.class);
    assertThat(conditions(origin)).containsExactly(Found.Condition.STANDING);
    assertThat(say(new Request.DestroyRequested(origin, "enough", "ann"))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aReasonIsBoundedAndOneLine() throws Exception {
    ProvisionerWorker wordy = workerWith(new MisbehavingStore(POSTGRES).next(Verb.ENSURE,
        new Mishap.Fails(Failure.Kind.INVALID, "no\n\u001b[31m" + "x".repeat(1_990) + "\uD83C\uDF31".repeat(10))));
    Origin origin = branch("feature/wordy");
    assertThat(state.handle(wordy, message(push(origin, ONE)))).isInstanceOf(Outcome.Failed.class);
    assertThat(presence(origin).failure().orElseThrow())
        .isEqualTo("no [31m" + "x".repeat(1_990) + "\uD83C\uDF31");
    assertThat(((EnvironmentFailed) state.lastEvent()).reason()).hasSizeLessThanOrEqualTo(2_000);
  }

  @Test
  void aFurtherCommitEndsAFailureButNotTheIntent() throws Exception {
    Origin origin = branch("feature/healed");
    standing(origin);
    Presence failed = presence(origin).failed("something");
    state.set(origin.environment(), failed);
    assertThat(say(push(origin, TWO))).isInstanceOf(Outcome.Done.class);
    assertThat(presence(origin)).isEqualTo(
        new Presence(origin, failed.intent(), Optional.of(TWO), Optional.empty(), failed.since()));
  }

  @Test
  void whatWasToldOfThisRequestsTriesIsTakenBackOnceItEndsAndNothingElseIs() throws Exception {
    Origin origin = branch("feature/told");
    standing(origin);
    Presence well = presence(origin);
    state.set(origin.environment(), well.failed("the repository cannot be reached"));
    assertThat(state.handle(worker, message(push(origin, ONE)), 10)).isInstanceOf(Outcome.Rejected.class);
    assertThat(presence(origin).failure()).as("another's").isPresent();

    assertThat(state.handle(worker, message(push(origin, ONE)), 11)).isInstanceOf(Outcome.Rejected.class);

    assertThat(presence(origin)).isEqualTo(well);
  }

  @Test
  void aCreationThatFailedExpires() throws Exception {
    Origin origin = branch("feature/failed-long-ago");
    state.dieAtCommit(1, worker, message(push(origin, ONE)));
    state.set(origin.environment(), presence(origin).failed("something"));
    Instant due = presence(origin).since().plus(IDLE_AFTER);
    assertThat(sayAfter(LONG_AFTER, new Request.Expired(origin, Incarnation.FIRST, due))).isInstanceOf(Outcome.Done.class);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
  }

  private static Owner first(Origin origin) {
    return new Owner(REPOSITORY.key(), origin.environment(), Incarnation.FIRST);
  }

  private static List<Found.Condition> conditions(Origin origin) {
    return POSTGRES.list(REPOSITORY.key(), origin.environment()).stream().map(Found::condition).toList();
  }

  @Test
  void aDestroyedEnvironmentComesBackByCommand() throws Exception {
    Origin origin = branch("feature/lazarus");
    standing(origin);
    say(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(say(push(origin, ONE))).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(new Request.CreateRequested(origin, Optional.empty(), "ann"))).isInstanceOf(Outcome.Done.class);
    assertThat(presence(origin).intent().incarnation()).isEqualTo(new Incarnation(2));
  }

  @Test
  void incarnationsCountOnFromWhatTheStoresStillHold() throws Exception {
    Origin origin = branch("feature/amnesia");
    Owner old = new Owner(REPOSITORY.key(), origin.environment(), new Incarnation(4));
    PostgresFixture.admin("postgres", "CREATE DATABASE t_" + old.name());
    say(push(origin, ONE));
    assertThat(stateOf(origin).incarnation()).contains(new Incarnation(5));
  }

  @Test
  void aForeignDatabaseFailsTheEnvironmentWithAReason() throws Exception {
    Origin origin = branch("feature/foreign");
    Message message = message(push(origin, ONE));
    state.dieAtCommit(1, worker, message);
    Owner owner = new Owner(REPOSITORY.key(), origin.environment(), Incarnation.FIRST);
    PostgresFixture.admin("postgres", "CREATE DATABASE " + owner.name());
    assertThat(state.handle(worker, message)).isInstanceOf(Outcome.Failed.class);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.FAILED);
    assertThat(state.lastEvent()).isInstanceOf(EnvironmentFailed.class);
    PostgresFixture.admin("postgres", "DROP DATABASE " + owner.name());
    assertThat(say(push(origin, TWO))).as("the next push heals it").isInstanceOf(Outcome.Done.class);
    assertThat(presence(origin).failure()).isEmpty();
    assertThat(presence(origin).tip()).contains(TWO);
  }

  @Test
  void aRepositoryThatCannotBeReachedIsWaitedFor() throws Exception {
    Origin origin = branch("feature/unreachable");
    Message message = message(push(origin, ONE));
    git.reachable(false);
    assertThatThrownBy(() -> state.handle(worker, message))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
    git.reachable(true);
    assertThat(state.handle(worker, message)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void creationsWaitForTheFirstSnapshot() {
    MemoryState fresh = new MemoryState();
    assertThatThrownBy(() -> fresh.handle(worker, message(push(branch("feature/early"), ONE))))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.BUSY));
    assertThat(fresh.events()).isEmpty();
  }

  @Test
  void theDefaultBranchTagsAndUnknownRepositoriesGetNothing() throws Exception {
    assertThat(say(push(branch("main"), ONE))).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(push(Origin.ofBranch(REPOSITORY.key(), new GitRef("refs/tags/v1")), ONE)))
        .isInstanceOf(Outcome.Rejected.class);
    Origin unknown = Origin.ofBranch(new RepositoryKey("unknown"), GitRef.ofBranch("x"));
    assertThat(say(push(unknown, ONE))).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(new Request.DestroyRequested(STAGING, "no", "ann"))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aSnapshotByCommandIsNewerAndTheOldOneStays() throws Exception {
    EpochId first = stateOf(STAGING).epochs().orElseThrow().newest().orElseThrow().id();
    assertThat(say(new Request.SnapshotRequested(STAGING, "ann"))).isInstanceOf(Outcome.Done.class);
    assertThat(state.lastEvent()).isInstanceOf(SnapshotPublished.class);
    assertThat(stateOf(STAGING).epochs().orElseThrow().newest().orElseThrow().id()).isGreaterThan(first);
    assertThat(stateOf(STAGING).epochs().orElseThrow().find(first)).isPresent();
    assertThat(say(new Request.Declared(STAGING))).isInstanceOf(Outcome.Rejected.class);
    assertThat(stateOf(STAGING).phase()).isEqualTo(Phase.READY);
  }

  @Test
  void anExpiryIsIgnoredBeforeItsTimeHoweverFastTheSweepersClockIs() throws Exception {
    Origin origin = branch("feature/asked-too-early");
    standing(origin);
    Instant due = presence(origin).since().plus(IDLE_AFTER).plusSeconds(60);
    assertThat(say(new Request.Expired(origin, Incarnation.FIRST, due))).isInstanceOf(Outcome.Rejected.class);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.READY);
    assertThat(sayAfter(LONG_AFTER, new Request.Expired(origin, Incarnation.FIRST, due))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void anExpiryIsIgnoredWhenStaleAndWhenSomebodyIsConnected() throws Exception {
    Origin origin = branch("feature/idle");
    standing(origin);
    Instant due = presence(origin).since().plus(IDLE_AFTER).plusSeconds(60);
    assertThat(sayAfter(LONG_AFTER, new Request.Expired(origin, new Incarnation(2), due))).isInstanceOf(Outcome.Rejected.class);
    assertThat(sayAfter(LONG_AFTER, new Request.Expired(origin, Incarnation.FIRST, due.minusSeconds(120))))
        .isInstanceOf(Outcome.Rejected.class);
    StoreCoordinates database = stateOf(origin).currentStores().orElseThrow().of(StoreKind.POSTGRES).orElseThrow();
    try (Connection connection = PostgresFixture.login(database)) {
      assertThat(PostgresFixture.value(connection, "SELECT 1")).isEqualTo("1");
      assertThat(sayAfter(LONG_AFTER, new Request.Expired(origin, Incarnation.FIRST, due))).isInstanceOf(Outcome.Done.class);
    }
    assertThat(stateOf(origin).activity()).map(Activity::lastUse).isPresent();
    Eventually.await("the server has noticed that the session is over", Duration.ofMinutes(2),
        () -> POSTGRES.find(first(origin)).orElseThrow().sessions() == 0);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.READY);
    assertThat(sayAfter(LONG_AFTER.multipliedBy(3), new Request.Expired(origin, Incarnation.FIRST, due.plus(IDLE_AFTER.multipliedBy(2)))))
        .isInstanceOf(Outcome.Done.class);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
  }
}
