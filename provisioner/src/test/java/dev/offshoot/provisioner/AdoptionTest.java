package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.memory.MisbehavingStore;
import dev.offshoot.provisioner.memory.Mishap;
import dev.offshoot.provisioner.memory.Verb;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;

class AdoptionTest {
  private static final Commit ONE = new Commit("1".repeat(40));
  private static final RepositoryConfig REPOSITORY =
      PostgresFixture.repository("orphans", "orphans_staging", Optional.empty());
  private static final PostgresConfig SERVER = PostgresFixture.config();
  private static final PostgresStore POSTGRES = new PostgresStore(SERVER, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC());
  private static final Origin STAGING = Origin.staging(REPOSITORY.key(), "main");

  private final MemoryRepository git = new MemoryRepository();
  private final ProvisionerWorker worker = workerWith(POSTGRES);
  private MemoryState state = new MemoryState();

  private ProvisionerWorker workerWith(Store store) {
    return new ProvisionerWorker(
        new ProvisionerWorker.Rules(Map.of(REPOSITORY.key(), REPOSITORY), Duration.ofDays(3)), new Tips(_ -> git),
        new EnvironmentStores(List.of(store), List.of(new PostgresEpochs(SERVER, CREDENTIALS, Clock.systemUTC()))),
        CREDENTIALS.keyId(), Clock.systemUTC());
  }

  @BeforeAll
  static void stagingStands() throws SQLException {
    PostgresFixture.staging("orphans_staging");
  }

  private static Message message(Request request) {
    return Message.first(EventId.random(), EventSource.worker("test"), Instant.now(Clock.systemUTC()), request);
  }

  private Outcome say(Request request) throws Exception {
    return state.handle(worker, message(request));
  }

  private EnvironmentState stateOf(Origin origin) {
    return state.of(origin.environment());
  }

  /** An environment with a row entered by hand; what is known of it is then lost. */
  private EnvironmentState orphan(Origin origin, Request... further) throws Exception {
    git.push(origin.ref(), ONE);
    say(new Request.Declared(STAGING));
    say(new Request.BranchPushed(origin, ONE, true, false, "ann"));
    EnvironmentState before = stateOf(origin);
    try (Connection connection = PostgresFixture.login(database(before)); Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE by_hand AS SELECT 42 AS answer");
    }
    for (Request request : further) {
      assertThat(say(request)).isInstanceOf(Outcome.Done.class);
    }
    state = new MemoryState();
    return before;
  }

  private static StoreCoordinates database(EnvironmentState environment) {
    return environment.currentStores().orElseThrow().of(StoreKind.POSTGRES).orElseThrow();
  }

  private static Origin branch(String name) {
    return Origin.ofBranch(REPOSITORY.key(), GitRef.ofBranch(name));
  }

  private static Request.AdoptRequested adopt(Origin origin, EnvironmentState before) {
    return new Request.AdoptRequested(
        origin, before.incarnation().orElseThrow(), before.stores().orElseThrow().epoch(), "ann");
  }

  private void adoptEpochs(EnvironmentState before) throws Exception {
    assertThat(say(new Request.AdoptRequested(
        STAGING, Incarnation.FIRST, before.stores().orElseThrow().epoch(), "ann"))).isInstanceOf(Outcome.Done.class);
  }

  private void assertAdopted(Origin origin, EnvironmentState before) throws SQLException {
    assertThat(stateOf(origin).stores()).isEqualTo(before.stores());
    assertThat(stateOf(origin).presence().orElseThrow().intent())
        .isEqualTo(new Intent.Standing(Incarnation.FIRST, before.stores().orElseThrow().epoch()));
    assertThat(stateOf(origin).presence().orElseThrow().tip()).contains(ONE);
    assertThat(state.lastEvent()).isInstanceOf(StoresReady.class);
    try (Connection connection = PostgresFixture.login(database(stateOf(origin)))) {
      assertThat(PostgresFixture.value(connection, "SELECT answer FROM by_hand")).isEqualTo("42");
    }
  }

  @Test
  void whatStandsIsTakenUpInItsIncarnationWithEverythingInIt() throws Exception {
    Origin origin = branch("feature/found");
    EnvironmentState before = orphan(origin);
    adoptEpochs(before);

    assertThat(say(adopt(origin, before))).isInstanceOf(Outcome.Done.class);

    assertAdopted(origin, before);
    assertThat(say(adopt(origin, before))).isInstanceOfSatisfying(Outcome.Rejected.class,
        rejected -> assertThat(rejected.reason()).contains("known already"));
  }

  @Test
  void killedAfterItsIntentItIsCarriedOnWith() throws Exception {
    Origin origin = branch("feature/killed");
    EnvironmentState before = orphan(origin);
    adoptEpochs(before);
    Message ask = message(adopt(origin, before));

    state.dieAtCommit(1, worker, ask);
    assertThat(stateOf(origin).presence().orElseThrow().intent()).isInstanceOf(Intent.Creating.class);
    state.handle(worker, ask);

    assertAdopted(origin, before);
  }

  @Test
  void itWaitsForItsSnapshot() throws Exception {
    Origin origin = branch("feature/early");
    EnvironmentState before = orphan(origin);

    assertThatExceptionOfType(Failure.class).isThrownBy(() -> say(adopt(origin, before)))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.BUSY));
    assertThat(stateOf(origin).presence()).isEmpty();
  }

  @Test
  void ofABranchThatIsGoneNothingIsTouched() throws Exception {
    Origin origin = branch("feature/gone");
    EnvironmentState before = orphan(origin);
    adoptEpochs(before);
    git.delete(origin.ref());

    assertThat(say(adopt(origin, before))).isInstanceOf(Outcome.Rejected.class);
    assertThat(stateOf(origin).presence()).isEmpty();
    PostgresFixture.login(database(before)).close();
  }

  @Test
  void whatWasDestroyedIsRememberedWithItsReceiptAndStaysSo() throws Exception {
    Origin origin = branch("feature/destroyed");
    EnvironmentState before = orphan(origin);
    adoptEpochs(before);
    say(adopt(origin, before));
    say(new Request.DestroyRequested(origin, "test", "ann"));
    List<?> receipts = stateOf(origin).backups().orElseThrow().receipts();
    state = new MemoryState();

    assertThat(say(adopt(origin, before))).isInstanceOf(Outcome.Done.class);

    assertThat(stateOf(origin).presence().orElseThrow().intent()).isInstanceOf(Intent.Destroyed.class);
    assertThat(receipts).hasSize(1).isEqualTo(stateOf(origin).backups().orElseThrow().receipts());
    assertThat(say(new Request.BranchPushed(origin, ONE, false, false, "ann"))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void whatCouldNotBeTakenUpIsDestroyedWithABackupOnly() throws Exception {
    Origin origin = branch("feature/not-let-in");
    EnvironmentState before = orphan(origin);
    adoptEpochs(before);
    ProvisionerWorker failing = workerWith(new MisbehavingStore(POSTGRES)
        .next(Verb.ENSURE, new Mishap.Fails(Failure.Kind.INVALID, "not let in")));
    Instant asked = Instant.now(Clock.systemUTC());
    assertThat(state.handle(failing, message(adopt(origin, before)))).isInstanceOf(Outcome.Failed.class);
    assertThat(stateOf(origin).presence().orElseThrow().intent()).isInstanceOf(Intent.Creating.class);
    assertThat(stateOf(origin).activity().orElseThrow().lastUse()).as("idle from now on").isAfterOrEqualTo(asked);

    assertThat(say(new Request.DestroyRequested(origin, "test", "ann"))).isInstanceOf(Outcome.Done.class);

    BackupReceipt receipt = stateOf(origin).backups().orElseThrow().receipts().getFirst();
    assertThat(PostgresFixture.ask(receipt.kept(), "SELECT answer FROM by_hand")).isEqualTo("42");
  }

  @Test
  void whatIsMadeInPlaceOfTheBrokenIsCarriedOnWithToo() throws Exception {
    Origin origin = branch("feature/broken");
    EnvironmentState before = orphan(origin);
    adoptEpochs(before);
    PostgresFixture.admin("postgres", "DROP DATABASE " + database(before).name(),
        "CREATE DATABASE t_" + database(before).name());
    Message ask = message(adopt(origin, before));
    state.dieAtCommit(1, worker, ask);
    assertThat(stateOf(origin).incarnation()).contains(new Incarnation(2));

    assertThat(state.handle(worker, ask)).isInstanceOf(Outcome.Done.class);

    assertThat(stateOf(origin).presence().orElseThrow().intent())
        .isEqualTo(new Intent.Standing(new Incarnation(2), before.stores().orElseThrow().epoch()));
    assertThat(state.handle(worker, ask)).as("once more").isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void ofARebuildThatWasNotOverTheOneThatServedIsTakenUp() throws Exception {
    Origin origin = branch("feature/being-rebuilt");
    EnvironmentState before = orphan(origin, new Request.RebuildRequested(
        origin, Incarnation.FIRST, Optional.of(ONE), EpochChoice.SAME, "edited", "ann"));
    assertThat(POSTGRES.find(new Owner(REPOSITORY.key(), origin.environment(), new Incarnation(2)))).isPresent();
    adoptEpochs(before);

    assertThat(say(adopt(origin, before))).isInstanceOf(Outcome.Done.class);

    assertAdopted(origin, before);
  }

  @Test
  void rowsOfAYoungerOneThatMayHaveServedAreKeptByTheNextRebuild() throws Exception {
    Origin origin = branch("feature/just-switched");
    EnvironmentState before = orphan(origin, new Request.RebuildRequested(
        origin, Incarnation.FIRST, Optional.of(ONE), EpochChoice.SAME, "edited", "ann"));
    Owner younger = new Owner(REPOSITORY.key(), origin.environment(), new Incarnation(2));
    PostgresFixture.admin(younger.name().value(), "CREATE TABLE by_hand_too AS SELECT 43 AS answer");
    adoptEpochs(before);
    say(adopt(origin, before));

    assertThat(say(new Request.RebuildRequested(origin, Incarnation.FIRST, Optional.of(ONE), EpochChoice.SAME, "again", "ann")))
        .isInstanceOf(Outcome.Done.class);
    assertThat(say(new Request.RunFinished(origin, new Incarnation(3), ONE, true))).isInstanceOf(Outcome.Done.class);

    assertThat(stateOf(origin).presence().orElseThrow().intent().incarnation()).isEqualTo(new Incarnation(3));
    List<BackupReceipt> receipts = stateOf(origin).backups().orElseThrow().receipts();
    assertThat(receipts).extracting(BackupReceipt::incarnation)
        .containsExactlyInAnyOrder(Incarnation.FIRST, younger.incarnation());
    BackupReceipt kept = receipts.stream().filter(r -> r.incarnation().equals(younger.incarnation())).findFirst().orElseThrow();
    assertThat(PostgresFixture.ask(kept.kept(), "SELECT answer FROM by_hand_too")).isEqualTo("43");
  }

  @Test
  void snapshotsComeBackBesideThoseThatAreKnown() throws Exception {
    EnvironmentState before = orphan(branch("feature/epochs"));
    say(new Request.Declared(STAGING));
    Epoch fresh = stateOf(STAGING).epochs().flatMap(Epochs::newest).orElseThrow();

    adoptEpochs(before);

    Epochs after = stateOf(STAGING).epochs().orElseThrow();
    assertThat(after.newest()).contains(fresh);
    assertThat(after.find(before.stores().orElseThrow().epoch()).orElseThrow().of(StoreKind.POSTGRES)).isPresent();
    assertThat(after.epochs()).extracting(Epoch::id).isSorted().doesNotHaveDuplicates();
  }
}
