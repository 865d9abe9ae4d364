package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.PostgresShop.IDLE_AFTER;
import static dev.offshoot.provisioner.PostgresShop.ONE;
import static dev.offshoot.provisioner.PostgresShop.TWO;
import static dev.offshoot.provisioner.PostgresShop.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.Activity;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.LifecycleEvent.EnvironmentDeleted;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.memory.MisbehavingStore;
import dev.offshoot.provisioner.memory.Mishap;
import dev.offshoot.provisioner.memory.Verb;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.worker.Outcome;

/** What ends an environment, and what is kept of it. */
class DestructionTest {
  private static final String NAME = "ends";
  private static final Duration LONG_AFTER = IDLE_AFTER.plusMinutes(10);

  private final PostgresShop shop = new PostgresShop(NAME);

  @BeforeAll
  static void stagingStands() throws SQLException {
    PostgresShop.stagingStands(NAME);
  }

  @BeforeEach
  void aSnapshotStands() throws Exception {
    shop.aSnapshotStands();
  }

  @Test
  void aDestroyThatIsKilledAnywhereIsCarriedOnWith() throws Exception {
    for (int commit = 1; commit <= 3; commit++) {
      Origin origin = shop.standing("feature/killed-destroy-" + commit);
      Message message = message(new Request.DestroyRequested(origin, "enough", "ann"));
      shop.state.dieAtCommit(commit, shop.worker, message);
      assertThat(shop.intent(origin)).isInstanceOf(Intent.Destroying.class);
      shop.state.handle(shop.worker, message);
      assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
      assertThat(shop.stateOf(origin).backups().orElseThrow().receipts()).hasSize(1);
      assertThat(((EnvironmentDeleted) shop.state.lastEvent()).backups()).hasSize(1);
    }
  }

  @Test
  void whatStoodIsBackedUpThoughNothingIsKnownOfItsSchema() throws Exception {
    Origin origin = shop.branch("feature/never");
    shop.say(shop.push(origin, ONE));
    assertThat(shop.stateOf(origin).schema()).isEmpty();
    shop.say(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(((EnvironmentDeleted) shop.state.lastEvent()).backups()).hasSize(1);
    assertThat(shop.conditions(origin)).containsExactly(Found.Condition.KEPT);
  }

  @Test
  void whatNeverAllStoodGoesWithoutABackup() throws Exception {
    Origin origin = shop.branch("feature/half-made");
    shop.state.dieAtCommit(1, shop.worker, message(shop.push(origin, ONE)));
    Epoch epoch = shop.stateOf(shop.staging).epochs().orElseThrow().newest().orElseThrow();
    shop.postgres.ensure(new Blueprint(new OwnerTag(shop.owner(origin, Incarnation.FIRST), epoch.id(), shop.presence(origin).since()),
        Blueprint.Source.of(epoch.of(StoreKind.POSTGRES))));
    shop.say(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(((EnvironmentDeleted) shop.state.lastEvent()).backups()).isEmpty();
    assertThat(shop.conditions(origin)).isEmpty();
  }

  @Test
  void aRoleWhoseKeptDatabaseWasDroppedDoesNotBlockLaterDestroys() throws Exception {
    Origin origin = shop.standing("feature/dropped");
    shop.say(new Request.DestroyRequested(origin, "enough", "ann"));
    String kept = shop.stateOf(origin).backups().orElseThrow().receipts().getFirst().kept();
    PostgresFixture.admin("postgres", "DROP DATABASE " + kept);
    assertThat(shop.conditions(origin)).containsExactly(Found.Condition.UNFINISHED);
    shop.say(shop.push(origin, TWO));
    assertThat(shop.say(new Request.DestroyRequested(origin, "enough", "ann"))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.conditions(origin)).containsExactly(Found.Condition.KEPT);
  }

  @Test
  void aStoreThatKeepsNothingOfWhatStoodIsNotEmptied() throws Exception {
    Origin origin = shop.standing("feature/unkept");
    ProvisionerWorker forgetful = shop.workerWith(
        new MisbehavingStore(shop.postgres).next(Verb.SNAPSHOT, new Mishap.Forgets()));
    Message message = message(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(shop.state.handle(forgetful, message)).isInstanceOf(Outcome.Failed.class);
    assertThat(shop.conditions(origin)).containsExactly(Found.Condition.STANDING);
    assertThat(shop.say(new Request.DestroyRequested(origin, "enough", "ann"))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aCreationThatFailedExpires() throws Exception {
    Origin origin = shop.branch("feature/failed-long-ago");
    shop.state.dieAtCommit(1, shop.worker, message(shop.push(origin, ONE)));
    shop.state.set(origin.environment(), shop.presence(origin).failed("something"));
    Instant due = shop.presence(origin).since().plus(IDLE_AFTER);
    assertThat(shop.sayAfter(LONG_AFTER, new Request.Expired(origin, Incarnation.FIRST, due))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
  }

  @Test
  void anExpiryIsIgnoredBeforeItsTimeHoweverFastTheSweepersClockIs() throws Exception {
    Origin origin = shop.standing("feature/asked-too-early");
    Instant due = shop.presence(origin).since().plus(IDLE_AFTER).plusSeconds(60);
    assertThat(shop.say(new Request.Expired(origin, Incarnation.FIRST, due))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.READY);
    assertThat(shop.sayAfter(LONG_AFTER, new Request.Expired(origin, Incarnation.FIRST, due))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void anExpiryIsIgnoredWhenStaleAndWhenSomebodyIsConnected() throws Exception {
    Origin origin = shop.standing("feature/idle");
    Instant due = shop.presence(origin).since().plus(IDLE_AFTER).plusSeconds(60);
    assertThat(shop.sayAfter(LONG_AFTER, new Request.Expired(origin, new Incarnation(2), due))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.sayAfter(LONG_AFTER, new Request.Expired(origin, Incarnation.FIRST, due.minusSeconds(120))))
        .isInstanceOf(Outcome.Rejected.class);
    try (Connection connection = PostgresFixture.login(shop.database(origin))) {
      assertThat(PostgresFixture.value(connection, "SELECT 1")).isEqualTo("1");
      assertThat(shop.sayAfter(LONG_AFTER, new Request.Expired(origin, Incarnation.FIRST, due))).isInstanceOf(Outcome.Done.class);
    }
    assertThat(shop.stateOf(origin).activity()).map(Activity::lastUse).isPresent();
    Eventually.await("the server has noticed that the session is over", Duration.ofMinutes(2),
        () -> shop.postgres.find(shop.owner(origin, Incarnation.FIRST)).orElseThrow().sessions() == 0);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.READY);
    assertThat(shop.sayAfter(LONG_AFTER.multipliedBy(3), new Request.Expired(origin, Incarnation.FIRST, due.plus(IDLE_AFTER.multipliedBy(2)))))
        .isInstanceOf(Outcome.Done.class);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
  }
}
