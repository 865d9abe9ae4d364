package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.PostgresShop.ONE;
import static dev.offshoot.provisioner.PostgresShop.message;
import static dev.offshoot.provisioner.PostgresShop.products;
import static dev.offshoot.provisioner.PostgresShop.rebuild;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.LifecycleEvent.RebuildAccepted;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.worker.Outcome;

/** Which epoch an incarnation is made from, when the server has lost some. */
class EpochsAtHandTest {
  private static final String NAME = "lost";
  private static final Incarnation FIRST = Incarnation.FIRST;
  private static final Incarnation SECOND = new Incarnation(2);

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
  void theSameEpochIsTakenUnlessTheNewestIsAskedFor() throws Exception {
    Origin origin = shop.standing("feature/epochs");
    shop.say(new Request.SnapshotRequested(shop.staging, "ann"));
    shop.say(rebuild(origin, FIRST));
    assertThat(((StoresReady) shop.state.lastEvent()).epoch()).isEqualTo(shop.epochs().getFirst().id());
    shop.notMigrated(origin, "syntax error");
    shop.say(rebuild(origin, SECOND, EpochChoice.NEWEST));
    assertThat(((StoresReady) shop.state.lastEvent()).epoch()).isEqualTo(shop.epochs().getLast().id());
  }

  @Test
  void anEpochThatTheServerLostGivesWayToTheNewestOneAndItIsSaid() throws Exception {
    Origin origin = shop.standing("feature/epoch-lost");
    shop.say(new Request.SnapshotRequested(shop.staging, "ann"));
    EpochId lost = shop.epochs().getFirst().id();
    dropTemplate(lost);
    assertThat(shop.say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.state.events()).filteredOn(RebuildAccepted.class::isInstance).singleElement()
        .isEqualTo(new RebuildAccepted(((StoresReady) shop.state.lastEvent()).subject(), FIRST, shop.epochs().getLast().id(),
            Optional.of(lost), "edited"));
  }

  @Test
  void withoutASnapshotInTheStoresItSaysToTakeOneAndWhatServesServesOn() throws Exception {
    Origin origin = shop.standing("feature/no-epoch");
    Presence before = shop.presence(origin);
    dropTemplate(shop.epochs().getFirst().id());
    assertThat(shop.say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Failed.class);
    assertThat(shop.intent(origin)).isEqualTo(before.intent());
    assertThat(shop.stateOf(origin).failure()).hasValueSatisfying(why -> assertThat(why)
        .contains("No snapshot of Staging of " + NAME).contains("offshoot snapshot take " + NAME));
    assertThat(products(shop.database(origin))).isEqualTo("100");

    shop.say(new Request.SnapshotRequested(shop.staging, "ann"));
    assertThat(shop.say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.presence(origin).failure()).isEmpty();
  }

  @Test
  void aCreationTakesTheNewestEpochThatTheServerStillHolds() throws Exception {
    shop.say(new Request.SnapshotRequested(shop.staging, "ann"));
    dropTemplate(shop.epochs().getLast().id());
    Origin origin = shop.standing("feature/newest-lost");
    assertThat(shop.intent(origin)).isEqualTo(new Intent.Standing(FIRST, shop.epochs().getFirst().id()));
  }

  @Test
  void aCreationWhoseEpochIsGoneIsCarriedOnWithFromTheNewestAndSaysSo() throws Exception {
    Origin origin = shop.branch("feature/gone-meanwhile");
    Message creation = message(shop.push(origin, ONE));
    shop.state.dieAtCommit(1, shop.worker, creation);
    PostgresFixture.admin("postgres", "CREATE DATABASE t_" + shop.owner(origin, FIRST).name().value());
    shop.say(new Request.SnapshotRequested(shop.staging, "ann"));
    dropTemplate(shop.epochs().getFirst().id());

    assertThat(shop.state.handle(shop.worker, creation)).isInstanceOf(Outcome.Done.class);

    EpochId newest = shop.epochs().getLast().id();
    assertThat(shop.intent(origin)).isEqualTo(new Intent.Standing(FIRST, newest));
    assertThat(((StoresReady) shop.state.lastEvent()).epoch()).isEqualTo(newest);
    assertThat(products(shop.database(origin))).isEqualTo("100");
  }

  private void dropTemplate(EpochId epoch) throws SQLException {
    String template = ResourceName.of(shop.repository.key(), epoch).value();
    PostgresFixture.admin("postgres", "ALTER DATABASE " + template + " IS_TEMPLATE false", "DROP DATABASE " + template);
  }
}
