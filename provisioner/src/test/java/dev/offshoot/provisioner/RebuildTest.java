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
import java.util.stream.Collectors;

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
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent.CommitAccepted;
import dev.offshoot.event.LifecycleEvent.EnvironmentDeleted;
import dev.offshoot.event.LifecycleEvent.EnvironmentModified;
import dev.offshoot.event.LifecycleEvent.RebuildAccepted;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Message;
import dev.offshoot.event.Replacement;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.worker.Outcome;

/** The next incarnation beside the one that serves, on a real server. */
class RebuildTest {
  private static final Commit ONE = new Commit("1".repeat(40));
  private static final Commit TWO = new Commit("2".repeat(40));
  private static final Incarnation FIRST = Incarnation.FIRST;
  private static final Incarnation SECOND = new Incarnation(2);
  private static final Incarnation THIRD = new Incarnation(3);
  private static final Duration IDLE_AFTER = Duration.ofDays(3);
  private static final RepositoryConfig REPOSITORY =
      PostgresFixture.repository("rebuilt", "rebuilt_staging", Optional.empty());
  private static final PostgresConfig SERVER = PostgresFixture.config();
  private static final PostgresStore POSTGRES = new PostgresStore(SERVER, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC());
  private static final Origin STAGING = Origin.staging(REPOSITORY.key(), "main");

  private final MemoryState state = new MemoryState();
  private final MemoryRepository git = new MemoryRepository();
  private final ProvisionerWorker worker = workerAt(Clock.systemUTC());

  private ProvisionerWorker workerAt(Clock clock) {
    return new ProvisionerWorker(
        new ProvisionerWorker.Rules(Map.of(REPOSITORY.key(), REPOSITORY), IDLE_AFTER), new Tips(repository -> git),
        new EnvironmentStores(List.of(POSTGRES), List.of(new PostgresEpochs(SERVER, CREDENTIALS, Clock.systemUTC()))),
        CREDENTIALS.keyId(), clock);
  }

  @BeforeAll
  static void stagingStands() throws SQLException {
    PostgresFixture.staging("rebuilt_staging");
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
    return state.handle(workerAt(Clock.offset(Clock.systemUTC(), later)), message(request));
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

  private static Request.RebuildRequested rebuild(Origin origin, Incarnation incarnation) {
    return rebuild(origin, incarnation, EpochChoice.SAME);
  }

  private static Request.RebuildRequested rebuild(Origin origin, Incarnation incarnation, EpochChoice epoch) {
    return new Request.RebuildRequested(origin, incarnation, Optional.empty(), epoch, "edited", "ann");
  }

  private EnvironmentState stateOf(Origin origin) {
    return state.of(origin.environment());
  }

  private Presence presence(Origin origin) {
    return stateOf(origin).presence().orElseThrow();
  }

  private List<Epoch> epochs() {
    return stateOf(STAGING).epochs().orElseThrow().epochs();
  }

  /** As the migrator would say it of the newest incarnation. */
  private void migrated(Origin origin, boolean failed) {
    state.set(origin.environment(), new Schema(stateOf(origin).incarnation().orElseThrow(),
        presence(origin).tip().orElseThrow(), "1", List.of(), !failed,
        failed ? Optional.of(MigrationFailure.of("syntax error")) : Optional.empty(), Instant.now(Clock.systemUTC())));
  }

  private Origin standing(String name) throws Exception {
    Origin origin = branch(name);
    assertThat(say(push(origin, ONE))).isInstanceOf(Outcome.Done.class);
    migrated(origin, false);
    return origin;
  }

  /** The first serves, the second is made. */
  private Origin beingRebuilt(String name) throws Exception {
    Origin origin = standing(name);
    assertThat(say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);
    return origin;
  }

  private static Owner owner(Origin origin, Incarnation incarnation) {
    return new Owner(REPOSITORY.key(), origin.environment(), incarnation);
  }

  private static Map<Integer, Found.Condition> found(Origin origin) {
    return POSTGRES.list(REPOSITORY.key(), origin.environment()).stream()
        .collect(Collectors.toMap(one -> one.owner().incarnation().number(), Found::condition));
  }

  private StoreCoordinates database(Origin origin) {
    return stateOf(origin).currentStores().orElseThrow().of(StoreKind.POSTGRES).orElseThrow();
  }

  private static String products(StoreCoordinates database) throws SQLException {
    try (Connection connection = PostgresFixture.login(database)) {
      return PostgresFixture.value(connection, "SELECT count(*) FROM product");
    }
  }

  private static void addProduct(StoreCoordinates database) throws SQLException {
    try (Connection connection = PostgresFixture.login(database)) {
      PostgresFixture.run(connection, "INSERT INTO product (name) VALUES ('by hand')");
    }
  }

  @Test
  void whatServesGoesOnUntilTheNextIsUsableAndIsThenKept() throws Exception {
    Origin origin = standing("feature/walk");
    StoreCoordinates served = database(origin);
    addProduct(served);
    int before = state.events().size();
    assertThat(say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);

    assertThat(state.events().subList(before, state.events().size()))
        .hasExactlyElementsOfTypes(RebuildAccepted.class, StoresReady.class);
    assertThat(((StoresReady) state.lastEvent()).subject().incarnation()).isEqualTo(SECOND);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.READY);
    assertThat(database(origin)).isEqualTo(served);
    assertThat(products(served)).isEqualTo("101");
    StoreCoordinates next = stateOf(origin).storesOf(SECOND).orElseThrow().of(StoreKind.POSTGRES).orElseThrow();
    assertThat(products(next)).as("epoch alone").isEqualTo("100");

    migrated(origin, false);
    assertThat(say(new Request.RunFinished(origin, SECOND, ONE, true))).isInstanceOf(Outcome.Done.class);

    assertThat(presence(origin).intent()).isEqualTo(new Intent.Standing(SECOND, epochs().getLast().id()));
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.READY);
    assertThat(database(origin)).isEqualTo(next);
    assertThat(found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT, 2, Found.Condition.STANDING));
    assertThatThrownBy(() -> products(served)).isInstanceOf(SQLException.class);
    assertThat(state.lastEvent()).isInstanceOfSatisfying(EnvironmentModified.class, modified -> {
      assertThat(modified.subject().incarnation()).isEqualTo(SECOND);
      assertThat(modified.subject().commit()).contains(ONE);
      Replacement replacement = modified.replacement().orElseThrow();
      assertThat(replacement.incarnation()).isEqualTo(FIRST);
      assertThat(replacement.backups()).singleElement().satisfies(r -> assertThat(r.incarnation()).isEqualTo(FIRST));
      assertThat(replacement.lost()).isEmpty();
    });
    assertThat(say(new Request.RunFinished(origin, SECOND, ONE, true))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void whatFailedServesNobodyAndTheNextPushGoesToIt() throws Exception {
    Origin origin = beingRebuilt("feature/fails");
    StoreCoordinates served = database(origin);
    migrated(origin, true);
    assertThat(say(new Request.RunFinished(origin, SECOND, ONE, false))).isInstanceOf(Outcome.Rejected.class);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.FAILED);
    assertThat(stateOf(origin).failure()).contains("syntax error");
    assertThat(database(origin)).isEqualTo(served);

    assertThat(say(push(origin, TWO))).isInstanceOf(Outcome.Done.class);
    assertThat(((CommitAccepted) state.lastEvent()).subject().incarnation()).isEqualTo(SECOND);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.MIGRATING);
    assertThat(database(origin)).isEqualTo(served);
    migrated(origin, false);
    say(new Request.RunFinished(origin, SECOND, TWO, true));
    assertThat(presence(origin).intent().serving()).isEqualTo(SECOND);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.READY);
  }

  @Test
  void aFurtherRebuildRemovesTheAttemptThatFailedWithoutABackup() throws Exception {
    Origin origin = beingRebuilt("feature/further-rebuild");
    assertThat(say(rebuild(origin, SECOND))).as("it is being made ready").isInstanceOf(Outcome.Rejected.class);
    migrated(origin, true);
    assertThat(say(rebuild(origin, SECOND))).isInstanceOf(Outcome.Done.class);

    assertThat(presence(origin).intent())
        .isEqualTo(new Intent.Resetting(FIRST, THIRD, epochs().getLast().id(), "edited"));
    assertThat(found(origin)).isEqualTo(Map.of(1, Found.Condition.STANDING, 3, Found.Condition.STANDING));
    assertThat(stateOf(origin).backups()).isEmpty();
    assertThat(products(database(origin))).isEqualTo("100");
    say(new Request.RunFinished(origin, THIRD, ONE, true));
    assertThat(found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT, 3, Found.Condition.STANDING));
  }

  @Test
  void staleAsksAreIgnored() throws Exception {
    Origin origin = beingRebuilt("feature/stale-asks");
    EnvironmentState before = stateOf(origin);
    assertThat(say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(rebuild(origin, THIRD))).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(new Request.RunFinished(origin, FIRST, ONE, true))).isInstanceOf(Outcome.Rejected.class);
    assertThat(stateOf(origin)).isEqualTo(before);
  }

  @Test
  void aDestroyCoversWhatServesAndWhatIsMade() throws Exception {
    Origin origin = beingRebuilt("feature/destroyed");
    addProduct(database(origin));
    Message destroy = message(new Request.DestroyRequested(origin, "enough", "ann"));
    state.dieAtCommit(2, worker, destroy);
    assertThat(presence(origin).intent()).isInstanceOf(Intent.Destroying.class);
    assertThat(state.handle(worker, destroy)).isInstanceOf(Outcome.Done.class);

    assertThat(presence(origin).intent()).isEqualTo(new Intent.Destroyed(SECOND, "enough"));
    assertThat(found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT));
    assertThat(((EnvironmentDeleted) state.lastEvent()).backups()).singleElement()
        .satisfies(receipt -> assertThat(receipt.incarnation()).isEqualTo(FIRST));
  }

  @Test
  void killedAfterTheIntentItIsCarriedOnWithAsDecided() throws Exception {
    Origin origin = standing("feature/killed");
    Message ask = message(rebuild(origin, FIRST, EpochChoice.NEWEST));
    state.dieAtCommit(1, worker, ask);
    Intent decided = presence(origin).intent();
    assertThat(decided).isInstanceOf(Intent.Resetting.class);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.READY);
    say(new Request.SnapshotRequested(STAGING, "ann"));

    assertThat(state.handle(worker, ask)).isInstanceOf(Outcome.Done.class);
    assertThat(presence(origin).intent()).isEqualTo(decided);
    assertThat(stateOf(origin).storesOf(SECOND)).isPresent();
  }

  @Test
  void aSwitchThatIsKilledAnywhereIsCarriedOnWith() throws Exception {
    for (int commit = 1; commit <= 3; commit++) {
      Origin origin = beingRebuilt("feature/killed-switch-" + commit);
      migrated(origin, false);
      Message finished = message(new Request.RunFinished(origin, SECOND, ONE, true));
      state.dieAtCommit(commit, worker, finished);
      assertThat(presence(origin).intent().serving()).as("whoever looks is taken to the new one").isEqualTo(SECOND);
      assertThat(state.handle(worker, finished)).isInstanceOf(Outcome.Done.class);

      assertThat(presence(origin).intent()).isEqualTo(new Intent.Standing(SECOND, epochs().getLast().id()));
      assertThat(stateOf(origin).backups().orElseThrow().receipts()).hasSize(1);
      Replacement replacement = ((EnvironmentModified) state.lastEvent()).replacement().orElseThrow();
      assertThat(replacement.backups()).hasSize(1);
      assertThat(replacement.lost()).isEmpty();
      assertThat(found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT, 2, Found.Condition.STANDING));
    }
  }

  @Test
  void aRetirementThatFailedForGoodIsTakenUpAgainWithTheNextPush() throws Exception {
    Origin origin = beingRebuilt("feature/stuck-retirement");
    migrated(origin, false);
    state.dieAtCommit(1, worker, message(new Request.RunFinished(origin, SECOND, ONE, true)));
    state.set(origin.environment(), presence(origin).failed("it keeps no backup"));

    Outcome pushed = say(push(origin, TWO));

    assertThat(pushed).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.publication().asks())
        .containsExactly(new Request.RunFinished(origin, SECOND, TWO, true)));
    assertThat(say(((Outcome.Done) pushed).publication().asks().getFirst())).isInstanceOf(Outcome.Done.class);
    assertThat(presence(origin).intent()).isEqualTo(new Intent.Standing(SECOND, epochs().getLast().id()));
    assertThat(found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT, 2, Found.Condition.STANDING));
  }

  @Test
  void whatTheServerLostIsRebuiltAndNotSaidToBeKept() throws Exception {
    Origin origin = standing("feature/lost");
    StoreCoordinates lost = database(origin);
    addProduct(lost);
    PostgresFixture.admin("postgres", "DROP DATABASE " + lost.name());
    assertThat(say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);
    migrated(origin, false);
    assertThat(say(new Request.RunFinished(origin, SECOND, ONE, true))).isInstanceOf(Outcome.Done.class);

    assertThat(((EnvironmentModified) state.lastEvent()).replacement())
        .contains(new Replacement(FIRST, List.of(), List.of(StoreKind.POSTGRES)));
    assertThat(found(origin)).as("its role is gone too").isEqualTo(Map.of(2, Found.Condition.STANDING));
    assertThat(products(database(origin))).isEqualTo("100");
  }

  @Test
  void theSameEpochIsTakenUnlessTheNewestIsAskedFor() throws Exception {
    Origin origin = standing("feature/epochs");
    say(new Request.SnapshotRequested(STAGING, "ann"));
    say(rebuild(origin, FIRST));
    assertThat(((StoresReady) state.lastEvent()).epoch()).isEqualTo(epochs().getFirst().id());
    migrated(origin, true);
    say(rebuild(origin, SECOND, EpochChoice.NEWEST));
    assertThat(((StoresReady) state.lastEvent()).epoch()).isEqualTo(epochs().getLast().id());
  }

  @Test
  void anEpochThatTheServerLostGivesWayToTheNewestOneAndItIsSaid() throws Exception {
    Origin origin = standing("feature/epoch-lost");
    say(new Request.SnapshotRequested(STAGING, "ann"));
    EpochId lost = epochs().getFirst().id();
    dropTemplate(lost);
    assertThat(say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);
    assertThat(state.events()).filteredOn(RebuildAccepted.class::isInstance).singleElement()
        .isEqualTo(new RebuildAccepted(((StoresReady) state.lastEvent()).subject(), FIRST, epochs().getLast().id(),
            Optional.of(lost), "edited"));
  }

  @Test
  void withoutASnapshotInTheStoresItSaysToTakeOneAndWhatServesServesOn() throws Exception {
    Origin origin = standing("feature/no-epoch");
    Presence before = presence(origin);
    dropTemplate(epochs().getFirst().id());
    assertThat(say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Failed.class);
    assertThat(presence(origin).intent()).isEqualTo(before.intent());
    assertThat(stateOf(origin).failure()).hasValueSatisfying(why -> assertThat(why)
        .contains("No snapshot of Staging of rebuilt").contains("offshoot snapshot take rebuilt"));
    assertThat(products(database(origin))).isEqualTo("100");

    say(new Request.SnapshotRequested(STAGING, "ann"));
    assertThat(say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);
    assertThat(presence(origin).failure()).isEmpty();
  }

  @Test
  void aCreationTakesTheNewestEpochThatTheServerStillHolds() throws Exception {
    say(new Request.SnapshotRequested(STAGING, "ann"));
    dropTemplate(epochs().getLast().id());
    Origin origin = standing("feature/newest-lost");
    assertThat(presence(origin).intent()).isEqualTo(new Intent.Standing(FIRST, epochs().getFirst().id()));
  }

  @Test
  void aCreationWhoseEpochIsGoneIsCarriedOnWithFromTheNewestAndSaysSo() throws Exception {
    Origin origin = branch("feature/gone-meanwhile");
    Message creation = message(push(origin, ONE));
    state.dieAtCommit(1, worker, creation);
    PostgresFixture.admin("postgres", "CREATE DATABASE t_" + owner(origin, FIRST).name().value());
    say(new Request.SnapshotRequested(STAGING, "ann"));
    dropTemplate(epochs().getFirst().id());

    assertThat(state.handle(worker, creation)).isInstanceOf(Outcome.Done.class);

    EpochId newest = epochs().getLast().id();
    assertThat(presence(origin).intent()).isEqualTo(new Intent.Standing(FIRST, newest));
    assertThat(((StoresReady) state.lastEvent()).epoch()).isEqualTo(newest);
    assertThat(products(database(origin))).isEqualTo("100");
  }

  private static void dropTemplate(EpochId epoch) throws SQLException {
    String template = ResourceName.of(REPOSITORY.key(), epoch).value();
    PostgresFixture.admin("postgres", "ALTER DATABASE " + template + " IS_TEMPLATE false", "DROP DATABASE " + template);
  }

  @Test
  void aCreationThatFailedIsRebuiltAsACreationUnderAnotherNumber() throws Exception {
    Origin origin = branch("feature/creation-failed");
    Message creation = message(push(origin, ONE));
    state.dieAtCommit(1, worker, creation);
    String foreign = owner(origin, FIRST).name().value();
    PostgresFixture.admin("postgres", "CREATE DATABASE " + foreign, "CREATE DATABASE t_" + foreign);
    assertThat(state.handle(worker, creation)).isInstanceOf(Outcome.Failed.class);
    PostgresFixture.admin("postgres", "DROP DATABASE " + foreign);

    assertThat(say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);
    assertThat(presence(origin).intent()).isEqualTo(new Intent.Standing(SECOND, epochs().getLast().id()));
    assertThat(presence(origin).failure()).isEmpty();
    assertThat(found(origin)).isEqualTo(Map.of(2, Found.Condition.STANDING));
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.MIGRATING);
    assertThat(stateOf(origin).backups()).isEmpty();
  }

  @Test
  void aSessionOnWhatServesIsAUseWhileTheNextIsMade() throws Exception {
    Origin origin = beingRebuilt("feature/used");
    migrated(origin, true);
    Instant due = Instant.now(Clock.systemUTC()).plus(IDLE_AFTER);
    try (Connection connection = PostgresFixture.login(database(origin))) {
      assertThat(PostgresFixture.value(connection, "SELECT 1")).isEqualTo("1");
      assertThat(sayAfter(IDLE_AFTER.plusMinutes(10), new Request.Expired(origin, SECOND, due))).isInstanceOf(Outcome.Done.class);
    }
    assertThat(stateOf(origin).activity()).map(Activity::lastUse).isPresent();
    Eventually.await("the server has noticed that the session is over", Duration.ofMinutes(2),
        () -> POSTGRES.find(owner(origin, FIRST)).orElseThrow().sessions() == 0);
    Instant next = due.plus(IDLE_AFTER.multipliedBy(2));
    Duration then = IDLE_AFTER.multipliedBy(3).plusMinutes(10);
    assertThat(sayAfter(then, new Request.Expired(origin, FIRST, next))).isInstanceOf(Outcome.Rejected.class);
    assertThat(sayAfter(then, new Request.Expired(origin, SECOND, next))).isInstanceOf(Outcome.Done.class);
    assertThat(stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
    assertThat(found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT));
  }

  @Test
  void aDestroyedEnvironmentAndStagingAreNotRebuilt() throws Exception {
    Origin origin = standing("feature/gone");
    say(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(rebuild(STAGING, FIRST))).isInstanceOf(Outcome.Rejected.class);
    assertThat(say(rebuild(branch("feature/unheard-of"), FIRST))).isInstanceOf(Outcome.Rejected.class);
  }
}
