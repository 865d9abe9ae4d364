package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.PostgresShop.ONE;
import static dev.offshoot.provisioner.PostgresShop.TWO;
import static dev.offshoot.provisioner.PostgresShop.addProduct;
import static dev.offshoot.provisioner.PostgresShop.message;
import static dev.offshoot.provisioner.PostgresShop.products;
import static dev.offshoot.provisioner.PostgresShop.rebuild;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.LifecycleEvent.EnvironmentModified;
import dev.offshoot.event.LifecycleEvent.RebuildAccepted;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Message;
import dev.offshoot.event.Replacement;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.worker.Outcome;

/** The next incarnation takes over once it is usable, on a real server. */
class SwitchingTest {
  private static final String NAME = "switches";
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
  void whatServesGoesOnUntilTheNextIsUsableAndIsThenKept() throws Exception {
    Origin origin = shop.standing("feature/walk");
    StoreCoordinates served = shop.database(origin);
    addProduct(served);
    int before = shop.state.events().size();
    assertThat(shop.say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);

    assertThat(shop.state.events().subList(before, shop.state.events().size()))
        .hasExactlyElementsOfTypes(RebuildAccepted.class, StoresReady.class);
    assertThat(((StoresReady) shop.state.lastEvent()).subject().incarnation()).isEqualTo(SECOND);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.READY);
    assertThat(shop.database(origin)).isEqualTo(served);
    assertThat(products(served)).isEqualTo("101");
    StoreCoordinates next = shop.stateOf(origin).storesOf(SECOND).orElseThrow().of(StoreKind.POSTGRES).orElseThrow();
    assertThat(products(next)).as("epoch alone").isEqualTo("100");

    shop.usable(origin);
    assertThat(shop.say(new Request.RunFinished(origin, SECOND, ONE, true))).isInstanceOf(Outcome.Done.class);

    assertThat(shop.intent(origin)).isEqualTo(new Intent.Standing(SECOND, shop.epochs().getLast().id()));
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.READY);
    assertThat(shop.database(origin)).isEqualTo(next);
    assertThat(shop.found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT, 2, Found.Condition.STANDING));
    assertThatThrownBy(() -> products(served)).isInstanceOf(SQLException.class);
    assertThat(shop.state.lastEvent()).isInstanceOfSatisfying(EnvironmentModified.class, modified -> {
      assertThat(modified.subject().incarnation()).isEqualTo(SECOND);
      assertThat(modified.subject().commit()).contains(ONE);
      Replacement replacement = modified.replacement().orElseThrow();
      assertThat(replacement.incarnation()).isEqualTo(FIRST);
      assertThat(replacement.backups()).singleElement().satisfies(r -> assertThat(r.incarnation()).isEqualTo(FIRST));
      assertThat(replacement.lost()).isEmpty();
    });
    assertThat(shop.say(new Request.RunFinished(origin, SECOND, ONE, true))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aSwitchThatIsKilledAnywhereIsCarriedOnWith() throws Exception {
    for (int commit = 1; commit <= 3; commit++) {
      Origin origin = shop.beingRebuilt("feature/killed-switch-" + commit);
      shop.usable(origin);
      Message finished = message(new Request.RunFinished(origin, SECOND, ONE, true));
      shop.state.dieAtCommit(commit, shop.worker, finished);
      assertThat(shop.intent(origin).serving()).as("whoever looks is taken to the new one").isEqualTo(SECOND);
      assertThat(shop.state.handle(shop.worker, finished)).isInstanceOf(Outcome.Done.class);

      assertThat(shop.intent(origin)).isEqualTo(new Intent.Standing(SECOND, shop.epochs().getLast().id()));
      assertThat(shop.stateOf(origin).backups().orElseThrow().receipts()).hasSize(1);
      Replacement replacement = ((EnvironmentModified) shop.state.lastEvent()).replacement().orElseThrow();
      assertThat(replacement.backups()).hasSize(1);
      assertThat(replacement.lost()).isEmpty();
      assertThat(shop.found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT, 2, Found.Condition.STANDING));
    }
  }

  @Test
  void aRetirementThatFailedForGoodIsTakenUpAgainWithTheNextPush() throws Exception {
    Origin origin = shop.beingRebuilt("feature/stuck-retirement");
    shop.usable(origin);
    shop.state.dieAtCommit(1, shop.worker, message(new Request.RunFinished(origin, SECOND, ONE, true)));
    shop.state.set(origin.environment(), shop.presence(origin).failed("it keeps no backup"));

    Outcome pushed = shop.say(shop.push(origin, TWO));

    assertThat(pushed).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.publication().asks())
        .containsExactly(new Request.RunFinished(origin, SECOND, TWO, true)));
    assertThat(shop.say(((Outcome.Done) pushed).publication().asks().getFirst())).isInstanceOf(Outcome.Done.class);
    assertThat(shop.intent(origin)).isEqualTo(new Intent.Standing(SECOND, shop.epochs().getLast().id()));
    assertThat(shop.found(origin)).isEqualTo(Map.of(1, Found.Condition.KEPT, 2, Found.Condition.STANDING));
  }

  @Test
  void whatTheServerLostIsRebuiltAndNotSaidToBeKept() throws Exception {
    Origin origin = shop.standing("feature/lost");
    StoreCoordinates lost = shop.database(origin);
    addProduct(lost);
    PostgresFixture.admin("postgres", "DROP DATABASE " + lost.name());
    assertThat(shop.say(rebuild(origin, FIRST))).isInstanceOf(Outcome.Done.class);
    shop.usable(origin);
    assertThat(shop.say(new Request.RunFinished(origin, SECOND, ONE, true))).isInstanceOf(Outcome.Done.class);

    assertThat(((EnvironmentModified) shop.state.lastEvent()).replacement())
        .contains(new Replacement(FIRST, List.of(), List.of(StoreKind.POSTGRES)));
    assertThat(shop.found(origin)).as("its role is gone too").isEqualTo(Map.of(2, Found.Condition.STANDING));
    assertThat(products(shop.database(origin))).isEqualTo("100");
  }
}
