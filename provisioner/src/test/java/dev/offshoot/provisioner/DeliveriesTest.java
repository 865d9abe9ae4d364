package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.PostgresShop.ONE;
import static dev.offshoot.provisioner.PostgresShop.TWO;
import static dev.offshoot.provisioner.PostgresShop.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.event.LifecycleEvent.CommitAccepted;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.worker.Outcome;

/** What a git host tells is a hint: what the ref says counts. */
class DeliveriesTest {
  private static final String NAME = "deliveries";

  private final PostgresShop shop = new PostgresShop(NAME);

  @BeforeAll
  static void stagingStands() throws SQLException {
    PostgresShop.stagingStands(NAME);
  }

  @BeforeEach
  void aSnapshotStands() throws Exception {
    shop.aSnapshotStands();
  }

  /** The delivery that is still to come of an environment whose ref has moved on to the second commit, and is known to have. */
  private Request.BranchPushed standingAheadOfItsDeliveries(String name) throws Exception {
    Origin origin = shop.branch(name);
    Request.BranchPushed first = shop.push(origin, ONE);
    Request.BranchPushed second = shop.push(origin, TWO);
    assertThat(shop.say(first)).isInstanceOf(Outcome.Done.class);
    shop.usable(origin);
    assertThat(shop.presence(origin).tip()).hasValue(TWO);
    return second;
  }

  @Test
  void aPushThatIsToldOfAfterAPersonsWishBringsBackWhatTheWishEndedThoughItsCommitHadBeenSeen() throws Exception {
    Request.BranchPushed second = standingAheadOfItsDeliveries("wished-then-pushed");
    Origin origin = second.origin();
    assertThat(shop.say(new Request.DestroyRequested(origin, "mine", "ann"))).isInstanceOf(Outcome.Done.class);

    assertThat(shop.say(second)).isInstanceOf(Outcome.Done.class);
    assertThat(shop.intent(origin)).isInstanceOf(Intent.Standing.class);
  }

  @Test
  void aDeliveryThatComesAgainAfterAPersonsWishBringsNothingBack() throws Exception {
    Request.BranchPushed second = standingAheadOfItsDeliveries("pushed-then-wished");
    Origin origin = second.origin();
    assertThat(shop.say(second)).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(new Request.DestroyRequested(origin, "mine", "ann"))).isInstanceOf(Outcome.Done.class);

    assertThat(shop.say(second)).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.intent(origin)).isInstanceOf(Intent.Destroyed.class);
  }

  @Test
  void aPushThatIsToldOfAfterItsMergeBringsNothingBack() throws Exception {
    Request.BranchPushed second = standingAheadOfItsDeliveries("merged-then-told");
    assertThat(shop.say(new Request.ChangeMerged(second.origin(), TWO, GitRef.ofBranch("main"), 7, "ann"))).isInstanceOf(Outcome.Done.class);

    assertThat(shop.say(second)).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aFurtherPushIsAcceptedOnceAtTheTipThatTheRefHas() throws Exception {
    Origin origin = shop.standing("feature/further");
    shop.git.push(origin.ref(), TWO);
    Request.BranchPushed stale = new Request.BranchPushed(origin, ONE, false, false, "ann");
    assertThat(shop.say(stale)).isInstanceOf(Outcome.Done.class);
    assertThat(shop.state.lastEvent()).isInstanceOfSatisfying(CommitAccepted.class,
        accepted -> assertThat(accepted.subject().commit()).contains(TWO));
    assertThat(shop.say(shop.push(origin, TWO))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aMergeDestroysOnlyAtTheMergedHeadOrWhenTheBranchIsGone() throws Exception {
    Origin origin = shop.standing("feature/merged");
    Request merged = new Request.ChangeMerged(origin, ONE, GitRef.ofBranch("main"), 7, "ann");
    shop.git.push(origin.ref(), TWO);
    assertThat(shop.say(merged)).isInstanceOf(Outcome.Rejected.class);
    shop.git.push(origin.ref(), ONE);
    assertThat(shop.say(merged)).isInstanceOf(Outcome.Done.class);
    assertThat(shop.presence(origin).tip()).contains(ONE);
    assertThat(shop.say(shop.push(origin, ONE))).as("it stays destroyed at the same tip").isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(shop.push(origin, TWO))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.stateOf(origin).incarnation()).contains(new Incarnation(2));
  }

  @Test
  void aBranchThatIsGoneOnceItsStoresStandIsDecidedAgain() throws Exception {
    Origin origin = shop.branch("feature/gone-meanwhile");
    Message late = message(shop.push(origin, ONE));
    shop.git.delete(origin.ref());
    Request.BranchDeleted delete = new Request.BranchDeleted(origin, "ann");
    assertThat(shop.say(delete)).as("it was delivered first and found nothing").isInstanceOf(Outcome.Rejected.class);
    Outcome made = shop.state.handle(shop.worker, late);
    assertThat(made).isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.publication().asks())
        .singleElement().isInstanceOf(Request.BranchDeleted.class));
    shop.say(((Outcome.Done) made).publication().asks().getFirst());
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
  }

  @Test
  void aLateDeleteOfABranchThatIsBackIsIgnored() throws Exception {
    Origin origin = shop.standing("feature/back");
    assertThat(shop.say(new Request.BranchDeleted(origin, "ann"))).isInstanceOf(Outcome.Rejected.class);
  }
}
