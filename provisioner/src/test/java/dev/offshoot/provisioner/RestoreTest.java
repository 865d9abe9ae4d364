package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.postgres.PostgresStore;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.worker.Outcome;

/** What was destroyed comes back from its backups, and backups go when their time is over. */
class RestoreTest {
  private static final Commit ONE = new Commit("1".repeat(40));
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final RepositoryConfig REPOSITORY = PostgresFixture.repository("restores", "restores_staging", Optional.empty());
  private static final PostgresConfig SERVER = PostgresFixture.config();
  private static final PostgresStore POSTGRES = new PostgresStore(SERVER, CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC());
  private static final Incarnation SECOND = new Incarnation(2);

  private final MemoryState state = new MemoryState();
  private final MemoryRepository git = new MemoryRepository();
  private final ProvisionerWorker worker = worker(Clock.systemUTC());

  private ProvisionerWorker worker(Clock clock) {
    return new ProvisionerWorker(new ProvisionerWorker.Rules(Map.of(REPOSITORY.key(), REPOSITORY), Duration.ofDays(3),
        new ProvisionerWorker.Retention(RETENTION, RETENTION)),
        new Tips(repository -> git),
        new EnvironmentStores(List.of(POSTGRES), List.of(new PostgresEpochs(SERVER, CREDENTIALS, Clock.systemUTC()))),
        CREDENTIALS.keyId(), clock);
  }

  @BeforeAll
  static void stagingStands() throws SQLException {
    PostgresFixture.staging("restores_staging");
  }

  @BeforeEach
  void aSnapshotStands() throws Exception {
    assertThat(say(new Request.Declared(Origin.staging(REPOSITORY.key(), "main")))).isInstanceOf(Outcome.Done.class);
  }

  private Outcome say(Request request) throws Exception {
    return state.handle(worker, message(request));
  }

  private static Message message(Request request) {
    return Message.first(EventId.random(), EventSource.worker("test"), Instant.now(Clock.systemUTC()), request);
  }

  private static Origin branch(String name) {
    return Origin.ofBranch(REPOSITORY.key(), GitRef.ofBranch(name));
  }

  private EnvironmentState stateOf(Origin origin) {
    return state.of(origin.environment());
  }

  private Intent intent(Origin origin) {
    return stateOf(origin).presence().map(Presence::intent).orElseThrow();
  }

  private Connection session(Origin origin) throws SQLException {
    StoreCoordinates database = stateOf(origin).currentStores().orElseThrow().of(StoreKind.POSTGRES).orElseThrow();
    return PostgresFixture.login(database);
  }

  /** An environment that somebody has worked in, destroyed by command. */
  private Origin destroyed(String name) throws Exception {
    Origin origin = branch(name);
    git.push(origin.ref(), ONE);
    say(new Request.BranchPushed(origin, ONE, true, false, "ann"));
    try (Connection connection = session(origin)) {
      PostgresFixture.run(connection, "INSERT INTO product (name) VALUES ('mine')");
    }
    state.set(origin.environment(), new Schema(Incarnation.FIRST, ONE, "1", List.of(), true, Optional.empty(), Instant.EPOCH));
    say(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(intent(origin)).isInstanceOf(Intent.Destroyed.class);
    return origin;
  }

  private Outcome restore(Origin origin, int incarnation) throws Exception {
    return say(new Request.RestoreRequested(origin, new Incarnation(incarnation), "ann"));
  }

  private void assertRestored(Origin origin) throws SQLException {
    assertThat(intent(origin)).isInstanceOf(Intent.Standing.class).extracting(Intent::incarnation).isEqualTo(SECOND);
    assertThat(state.lastEvent()).isInstanceOfSatisfying(StoresReady.class,
        ready -> assertThat(ready.subject().commit()).contains(ONE));
    try (Connection connection = session(origin)) {
      assertThat(PostgresFixture.value(connection, "SELECT count(*) FROM product WHERE name = 'mine'")).isEqualTo("1");
    }
  }

  @Test
  void whatWasDestroyedComesBackAsTheNextIncarnationWithWhatWasInIt() throws Exception {
    Origin origin = destroyed("feature/back");
    assertThat(restore(origin, 1)).isInstanceOf(Outcome.Done.class);
    assertRestored(origin);
    assertThat(restore(origin, 1)).as("asked twice").isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void itComesBackAlsoWhenItsBranchIsGone() throws Exception {
    Origin origin = destroyed("feature/back-without-branch");
    git.delete(origin.ref());
    say(new Request.BranchDeleted(origin, "ann"));
    assertThat(restore(origin, 1)).isInstanceOf(Outcome.Done.class);
    assertRestored(origin);
  }

  @Test
  void killedAfterTheIntentTheRestoreIsCarriedOnWith() throws Exception {
    Origin origin = destroyed("feature/back-killed");
    Message message = message(new Request.RestoreRequested(origin, Incarnation.FIRST, "ann"));
    state.dieAtCommit(1, worker, message);
    assertThat(intent(origin)).isInstanceOfSatisfying(Intent.Creating.class,
        creating -> assertThat(creating.restoredFrom()).contains(Incarnation.FIRST));
    assertThat(state.handle(worker, message)).isInstanceOf(Outcome.Done.class);
    assertRestored(origin);
  }

  @Test
  void anotherRequestCarriesOnWithARestoreThatWasBegun() throws Exception {
    Origin origin = destroyed("feature/back-by-push");
    state.dieAtCommit(1, worker, message(new Request.RestoreRequested(origin, Incarnation.FIRST, "ann")));
    assertThat(say(new Request.BranchPushed(origin, ONE, false, false, "ann"))).isInstanceOf(Outcome.Done.class);
    assertRestored(origin);
  }

  @Test
  void nothingThatStandsIsRestoredOver() throws Exception {
    Origin origin = destroyed("feature/stands");
    say(new Request.CreateRequested(origin, Optional.of(ONE), "ann"));
    assertThat(restore(origin, 1)).isInstanceOfSatisfying(Outcome.Rejected.class,
        rejected -> assertThat(rejected.reason()).contains("destroy it first"));
    assertThat(intent(origin).incarnation()).isEqualTo(SECOND);
  }

  @Test
  void whatIsNotKeptIsNotRestored() throws Exception {
    Origin origin = destroyed("feature/other-number");
    assertThat(restore(origin, 7)).isInstanceOfSatisfying(Outcome.Rejected.class,
        rejected -> assertThat(rejected.reason()).contains("backups of [1]"));
    assertThat(restore(branch("feature/never"), 1)).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aBackupGoesWhenItsRetentionIsOverAndItsReceiptSaysSo() throws Exception {
    Origin origin = destroyed("feature/over");
    Request due = new Request.BackupsExpired(origin, Instant.EPOCH);
    assertThat(say(due)).as("not yet").isInstanceOf(Outcome.Rejected.class);
    ProvisionerWorker later = worker(Clock.offset(Clock.systemUTC(), RETENTION.plusMinutes(1)));
    state.dieAtCommit(1, later, message(due));
    assertThat(receipt(origin).dropped()).hasValueSatisfying(dropped -> assertThat(dropped.gone()).isEmpty());
    assertThat(POSTGRES.list(REPOSITORY.key(), origin.environment())).hasSize(1);
    assertThat(restore(origin, 1)).as("it is going").isInstanceOf(Outcome.Rejected.class);

    assertThat(state.handle(later, message(due))).isInstanceOf(Outcome.Done.class);
    assertThat(receipt(origin).dropped()).hasValueSatisfying(dropped -> assertThat(dropped.gone()).isPresent());
    assertThat(POSTGRES.list(REPOSITORY.key(), origin.environment())).isEmpty();
    assertThat(state.handle(later, message(due))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aBackupThatIsBeingRestoredFromStays() throws Exception {
    Origin origin = destroyed("feature/in-use");
    state.dieAtCommit(1, worker, message(new Request.RestoreRequested(origin, Incarnation.FIRST, "ann")));
    ProvisionerWorker later = worker(Clock.offset(Clock.systemUTC(), RETENTION.plusMinutes(1)));
    assertThat(state.handle(later, message(new Request.BackupsExpired(origin, Instant.EPOCH)))).isInstanceOf(Outcome.Rejected.class);
    assertThat(receipt(origin).dropped()).isEmpty();
  }

  private BackupReceipt receipt(Origin origin) {
    return stateOf(origin).backups().orElseThrow().receipts().getFirst();
  }
}
