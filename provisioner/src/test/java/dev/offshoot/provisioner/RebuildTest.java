package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.PostgresShop.IDLE_AFTER;
import static dev.offshoot.provisioner.PostgresShop.ONE;
import static dev.offshoot.provisioner.PostgresShop.TWO;
import static dev.offshoot.provisioner.PostgresShop.addProduct;
import static dev.offshoot.provisioner.PostgresShop.message;
import static dev.offshoot.provisioner.PostgresShop.products;
import static dev.offshoot.provisioner.PostgresShop.rebuild;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.Activity;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.LifecycleEvent.CommitAccepted;
import dev.offshoot.event.LifecycleEvent.EnvironmentDeleted;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.worker.Outcome;

/** The next incarnation is made beside the one that serves, on a real server. */
class RebuildTest {
  private static final String NAME = "rebuilt";
  private static final Incarnation FIRST = Incarnation.FIRST;
  private static final Incarnation SECOND = new Incarnation(2);
  private static final Incarnation THIRD = new Incarnation(3);

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
  void whatFailedServesNobodyAndTheNextPushGoesToIt() throws Exception {
    Origin origin = shop.beingRebuilt("feature/fails");
    StoreCoordinates served = shop.database(origin);
    shop.notMigrated(origin, "syntax error");
    assertThat(shop.say(new Request.RunFinished(origin, SECOND, ONE, false))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.FAILED);
    assertThat(shop.stateOf(origin).failure()).contains("syntax error");
    assertThat(shop.database(origin)).isEqualTo(served);

    assertThat(shop.say(shop.push(origin, TWO))).isInstanceOf(Outcome.Done.class);
    assertThat(((CommitAccepted) shop.state.lastEvent()).subject().incarnation()).isEqualTo(SECOND);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.MIGRATING);
    assertThat(shop.database(origin)).isEqualTo(served);
    shop.usable(origin);
    shop.say(new Request.RunFinished(origin, SECOND, TWO, true));
    assertThat(shop.intent(origin).serving()).isEqualTo(SECOND);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.READY);
  }

  @Test
  void aFurtherRebuildRemovesTheAttemptThatFailedWithoutABackup() throws Exception {
    Origin origin = shop.beingRebuilt("feature/further-rebuild");
    assertThat(shop.say(rebuild(origin, SECOND))).as("it is being made ready").isInstanceOf(Outcome.Rejected.class);
    shop.notMigrated(origin, "syntax error");
    assertThat(shop.say(rebuild(origin, SECOND))).isInstanceOf(Outcome.Done.class);

    assertThat(shop.intent(origin))
        .isEqualTo(new Intent.Resetting(FIRST, THIRD, shop.epochs().getLast().id(), "edited"));
    assertThat(shop.found(origin)).isEqualTo(Map.of(1, Found.Condition.STANDING, 3, Found.Condition.STANDING));
    assertThat(shop.stateOf(origin).backups()).isEmpty();
    assertThat(products(shop.database(origin))).isEqualTo("100");
    shop.say(new Request.RunFinished(origin, THIRD, ONE, true));
    assertThat(shop.found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT, 3, Found.Condition.STANDING));
  }

  @Test
  void staleAsksAreIgnored() throws Exception {
    Origin origin = shop.beingRebuilt("feature/stale-asks");
    EnvironmentState before = shop.stateOf(origin);
    assertThat(shop.say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(rebuild(origin, THIRD))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(new Request.RunFinished(origin, FIRST, ONE, true))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.stateOf(origin)).isEqualTo(before);
  }

  @Test
  void aDestroyCoversWhatServesAndWhatIsMade() throws Exception {
    Origin origin = shop.beingRebuilt("feature/destroyed");
    addProduct(shop.database(origin));
    Message destroy = message(new Request.DestroyRequested(origin, "enough", "ann"));
    shop.state.dieAtCommit(2, shop.worker, destroy);
    assertThat(shop.intent(origin)).isInstanceOf(Intent.Destroying.class);
    assertThat(shop.state.handle(shop.worker, destroy)).isInstanceOf(Outcome.Done.class);

    assertThat(shop.intent(origin)).isEqualTo(new Intent.Destroyed(SECOND, "enough"));
    assertThat(shop.found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT));
    assertThat(((EnvironmentDeleted) shop.state.lastEvent()).backups()).singleElement()
        .satisfies(receipt -> assertThat(receipt.incarnation()).isEqualTo(FIRST));
  }

  @Test
  void killedAfterTheIntentItIsCarriedOnWithAsDecided() throws Exception {
    Origin origin = shop.standing("feature/killed");
    Message ask = message(rebuild(origin, FIRST, EpochChoice.NEWEST));
    shop.state.dieAtCommit(1, shop.worker, ask);
    Intent decided = shop.intent(origin);
    assertThat(decided).isInstanceOf(Intent.Resetting.class);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.READY);
    shop.say(new Request.SnapshotRequested(shop.staging, "ann"));

    assertThat(shop.state.handle(shop.worker, ask)).isInstanceOf(Outcome.Done.class);
    assertThat(shop.intent(origin)).isEqualTo(decided);
    assertThat(shop.stateOf(origin).storesOf(SECOND)).isPresent();
  }

  @Test
  void aCreationThatFailedIsRebuiltAsACreationUnderAnotherNumber() throws Exception {
    Origin origin = shop.branch("feature/creation-failed");
    Message creation = message(shop.push(origin, ONE));
    shop.state.dieAtCommit(1, shop.worker, creation);
    String foreign = shop.owner(origin, FIRST).name().value();
    PostgresFixture.admin("postgres", "CREATE DATABASE " + foreign, "CREATE DATABASE t_" + foreign);
    assertThat(shop.state.handle(shop.worker, creation)).isInstanceOf(Outcome.Failed.class);
    PostgresFixture.admin("postgres", "DROP DATABASE " + foreign);

    assertThat(shop.say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.intent(origin)).isEqualTo(new Intent.Standing(SECOND, shop.epochs().getLast().id()));
    assertThat(shop.presence(origin).failure()).isEmpty();
    assertThat(shop.found(origin)).isEqualTo(Map.of(2, Found.Condition.STANDING));
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.MIGRATING);
    assertThat(shop.stateOf(origin).backups()).isEmpty();
  }

  @Test
  void aSessionOnWhatServesIsAUseWhileTheNextIsMade() throws Exception {
    Origin origin = shop.beingRebuilt("feature/used");
    shop.notMigrated(origin, "syntax error");
    Instant due = Instant.now(Clock.systemUTC()).plus(IDLE_AFTER);
    try (Connection connection = PostgresFixture.login(shop.database(origin))) {
      assertThat(PostgresFixture.value(connection, "SELECT 1")).isEqualTo("1");
      assertThat(shop.sayAfter(IDLE_AFTER.plusMinutes(10), new Request.Expired(origin, SECOND, due))).isInstanceOf(Outcome.Done.class);
    }
    assertThat(shop.stateOf(origin).activity()).map(Activity::lastUse).isPresent();
    Eventually.await("the server has noticed that the session is over", Duration.ofMinutes(2),
        () -> shop.postgres.find(shop.owner(origin, FIRST)).orElseThrow().sessions() == 0);
    Instant next = due.plus(IDLE_AFTER.multipliedBy(2));
    Duration then = IDLE_AFTER.multipliedBy(3).plusMinutes(10);
    assertThat(shop.sayAfter(then, new Request.Expired(origin, FIRST, next))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.sayAfter(then, new Request.Expired(origin, SECOND, next))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
    assertThat(shop.found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT));
  }

  @Test
  void aDestroyedEnvironmentAndStagingAreNotRebuilt() throws Exception {
    Origin origin = shop.standing("feature/gone");
    shop.say(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(shop.say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(rebuild(shop.staging, FIRST))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(rebuild(shop.branch("feature/unheard-of"), FIRST))).isInstanceOf(Outcome.Rejected.class);
  }
}
