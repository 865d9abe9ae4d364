package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.PostgresShop.ONE;
import static dev.offshoot.provisioner.PostgresShop.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.worker.Outcome;

/** What was destroyed comes back from its backups, and backups go when their time is over. */
class RestoreTest {
  private static final String NAME = "restores";
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Incarnation SECOND = new Incarnation(2);

  private final PostgresShop shop = new PostgresShop(NAME, new ProvisionerWorker.Retention(RETENTION, RETENTION));

  @BeforeAll
  static void stagingStands() throws SQLException {
    PostgresShop.stagingStands(NAME);
  }

  @BeforeEach
  void aSnapshotStands() throws Exception {
    shop.aSnapshotStands();
  }

  private Connection session(Origin origin) throws SQLException {
    return PostgresFixture.login(shop.database(origin));
  }

  /** An environment that somebody has worked in, destroyed by command. */
  private Origin destroyed(String name) throws Exception {
    Origin origin = shop.branch(name);
    shop.git.push(origin.ref(), ONE);
    shop.say(new Request.BranchPushed(origin, ONE, true, false, "ann"));
    try (Connection connection = session(origin)) {
      PostgresFixture.run(connection, "INSERT INTO product (name) VALUES ('mine')");
    }
    shop.state.set(origin.environment(), new Schema(Incarnation.FIRST, ONE, "1", List.of(), true, Optional.empty(), Instant.EPOCH));
    shop.say(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(shop.intent(origin)).isInstanceOf(Intent.Destroyed.class);
    return origin;
  }

  private Outcome restore(Origin origin, int incarnation) throws Exception {
    return shop.say(new Request.RestoreRequested(origin, new Incarnation(incarnation), "ann"));
  }

  private void assertRestored(Origin origin) throws SQLException {
    assertThat(shop.intent(origin)).isInstanceOf(Intent.Standing.class).extracting(Intent::incarnation).isEqualTo(SECOND);
    assertThat(shop.state.lastEvent()).isInstanceOfSatisfying(StoresReady.class,
        ready -> {
          assertThat(ready.subject().commit()).contains(ONE);
          assertThat(ready.restoredFrom()).contains(Incarnation.FIRST);
        });
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
    shop.git.delete(origin.ref());
    shop.say(new Request.BranchDeleted(origin, "ann"));
    assertThat(restore(origin, 1)).isInstanceOf(Outcome.Done.class);
    assertRestored(origin);
  }

  @Test
  void killedAfterTheIntentTheRestoreIsCarriedOnWith() throws Exception {
    Origin origin = destroyed("feature/back-killed");
    Message message = message(new Request.RestoreRequested(origin, Incarnation.FIRST, "ann"));
    shop.state.dieAtCommit(1, shop.worker, message);
    assertThat(shop.intent(origin)).isInstanceOfSatisfying(Intent.Creating.class,
        creating -> assertThat(creating.restoredFrom()).contains(Incarnation.FIRST));
    assertThat(shop.state.handle(shop.worker, message)).isInstanceOf(Outcome.Done.class);
    assertRestored(origin);
  }

  @Test
  void anotherRequestCarriesOnWithARestoreThatWasBegun() throws Exception {
    Origin origin = destroyed("feature/back-by-push");
    shop.state.dieAtCommit(1, shop.worker, message(new Request.RestoreRequested(origin, Incarnation.FIRST, "ann")));
    assertThat(shop.say(new Request.BranchPushed(origin, ONE, false, false, "ann"))).isInstanceOf(Outcome.Done.class);
    assertRestored(origin);
  }

  @Test
  void nothingThatStandsIsRestoredOver() throws Exception {
    Origin origin = destroyed("feature/stands");
    shop.say(new Request.CreateRequested(origin, Optional.of(ONE), "ann"));
    assertThat(restore(origin, 1)).isInstanceOfSatisfying(Outcome.Rejected.class,
        rejected -> assertThat(rejected.reason()).contains("destroy it first"));
    assertThat(shop.intent(origin).incarnation()).isEqualTo(SECOND);
  }

  @Test
  void whatIsNotKeptIsNotRestored() throws Exception {
    Origin origin = destroyed("feature/other-number");
    assertThat(restore(origin, 7)).isInstanceOfSatisfying(Outcome.Rejected.class,
        rejected -> assertThat(rejected.reason()).contains("backups of [1]"));
    assertThat(restore(shop.branch("feature/never"), 1)).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aBackupGoesWhenItsRetentionIsOverAndItsReceiptSaysSo() throws Exception {
    Origin origin = destroyed("feature/over");
    Request due = new Request.BackupsExpired(origin, Instant.EPOCH);
    assertThat(shop.say(due)).as("not yet").isInstanceOf(Outcome.Rejected.class);
    ProvisionerWorker later = shop.workerAfter(RETENTION.plusMinutes(1));
    shop.state.dieAtCommit(1, later, message(due));
    assertThat(receipt(origin).dropped()).hasValueSatisfying(dropped -> assertThat(dropped.gone()).isEmpty());
    assertThat(shop.postgres.list(shop.repository.key(), origin.environment())).hasSize(1);
    assertThat(restore(origin, 1)).as("it is going").isInstanceOf(Outcome.Rejected.class);

    assertThat(shop.state.handle(later, message(due))).isInstanceOf(Outcome.Done.class);
    assertThat(receipt(origin).dropped()).hasValueSatisfying(dropped -> assertThat(dropped.gone()).isPresent());
    assertThat(shop.postgres.list(shop.repository.key(), origin.environment())).isEmpty();
    assertThat(shop.state.handle(later, message(due))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aBackupThatIsBeingRestoredFromStays() throws Exception {
    Origin origin = destroyed("feature/in-use");
    shop.state.dieAtCommit(1, shop.worker, message(new Request.RestoreRequested(origin, Incarnation.FIRST, "ann")));
    ProvisionerWorker later = shop.workerAfter(RETENTION.plusMinutes(1));
    assertThat(shop.state.handle(later, message(new Request.BackupsExpired(origin, Instant.EPOCH)))).isInstanceOf(Outcome.Rejected.class);
    assertThat(receipt(origin).dropped()).isEmpty();
  }

  private BackupReceipt receipt(Origin origin) {
    return shop.stateOf(origin).backups().orElseThrow().receipts().getFirst();
  }
}
