package dev.offshoot.provisioner.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import dev.offshoot.environment.StoreKind;
import dev.offshoot.provisioner.model.Exploration.Counterexample;
import dev.offshoot.provisioner.model.State.Bounds;
import dev.offshoot.provisioner.model.State.Bounds.Faults;
import dev.offshoot.provisioner.model.State.Bounds.Life;

/** No double destroy, no lost environment, no leak; and what the model says when a rule is left out. */
class EnvironmentModelTest {
  private static final int BOUND = 2_000_000;
  private static final List<StoreKind> ONE_STORE = List.of(StoreKind.POSTGRES);
  private static final List<StoreKind> TWO_STORES = List.of(StoreKind.POSTGRES, StoreKind.REDIS);
  private static final Faults NO_FAULTS = new Faults(0, 0, 0, 0);
  private static final Faults A_DEATH = new Faults(0, 1, 0, 0);
  private static final Faults A_REBALANCE = new Faults(0, 0, 1, 0);

  /** @param atLeast so that the model cannot shrink without being noticed */
  private static void holds(Bounds bounds, int atLeast) {
    Exploration all = Explorer.explore(new OneEnvironment(bounds, Mistake.NONE), BOUND);
    assertThat(all.counterexample()).isEmpty();
    assertThat(all.states()).isGreaterThanOrEqualTo(atLeast);
    assertThat(all.atRest()).isPositive();
  }

  private static Counterexample found(Mistake mistake, Life life, Faults faults) {
    return Explorer.explore(new OneEnvironment(new Bounds(ONE_STORE, life, faults), mistake), BOUND).counterexample()
        .orElseThrow(() -> new AssertionError(mistake + " went unnoticed"));
  }

  @Test
  void anInstanceThatDiesAndOneThatIsLateHarmNothing() {
    holds(new Bounds(ONE_STORE, new Life(1, 0, 0, 0, 0), new Faults(0, 1, 1, 0)), 125_000);
  }

  @Test
  void twoStoresThatAreMadeAndDestroyedAtTheSameTimeMayStopAnywhere() {
    holds(new Bounds(TWO_STORES, new Life(2, 0, 0, 0, 0), A_DEATH), 52_000);
    holds(new Bounds(TWO_STORES, new Life(1, 0, 1, 0, 0), new Faults(0, 0, 0, 1)), 23_500);
  }

  @Test
  void mergesCommandsAndExpiriesInAnyOrderLeaveWhatWasWanted() {
    holds(new Bounds(ONE_STORE, new Life(1, 1, 1, 1, 0), NO_FAULTS), 80_000);
  }

  @Test
  void aBranchThatMovesVanishesAndReturnsHasItsEnvironmentInTheEnd() {
    holds(new Bounds(ONE_STORE, new Life(3, 0, 0, 0, 0), NO_FAULTS), 36_000);
    holds(new Bounds(ONE_STORE, new Life(1, 0, 1, 0, 0), new Faults(1, 0, 0, 1)), 45_000);
  }

  @Test
  void whatTheGitHostNeverTellsIsMadeGoodByComparing() {
    holds(new Bounds(ONE_STORE, new Life(2, 0, 0, 0, 0), new Faults(0, 0, 0, 0, 2)), 9_500);
    holds(new Bounds(ONE_STORE, new Life(1, 1, 0, 0, 0), new Faults(0, 1, 0, 0, 1)), 17_500);
    holds(new Bounds(ONE_STORE, new Life(1, 0, 1, 0, 0), new Faults(1, 0, 0, 0, 1)), 27_500);
  }

  @Test
  void changesThatAreOpenedBeforeBetweenAndAfterPushesHarmNothing() {
    holds(new Bounds(ONE_STORE, new Life(2, 0, 0, 0, 0, 1), NO_FAULTS), 36_000);
    holds(new Bounds(ONE_STORE, new Life(1, 0, 0, 0, 0, 1), new Faults(1, 0, 0, 0, 1)), 30_000);
    holds(new Bounds(ONE_STORE, new Life(1, 1, 0, 0, 0, 1), new Faults(0, 0, 0, 0, 1)), 38_000);
  }

  @Test
  void aRebuildThatStopsAnywhereLeavesOneThatServes() {
    holds(new Bounds(ONE_STORE, new Life(1, 0, 0, 0, 1), A_DEATH), 5_000);
  }

  @Test
  @EnabledIfSystemProperty(named = "model.wide", matches = "true")
  void widerBoundsHoldToo() {
    holds(new Bounds(ONE_STORE, new Life(2, 0, 0, 0, 0), A_REBALANCE), 450_000);
    holds(new Bounds(TWO_STORES, new Life(1, 0, 0, 0, 0), A_REBALANCE), 200_000);
    holds(new Bounds(ONE_STORE, new Life(1, 1, 0, 0, 0), A_REBALANCE), 150_000);
    holds(new Bounds(ONE_STORE, new Life(1, 0, 1, 0, 0), A_REBALANCE), 250_000);
    holds(new Bounds(ONE_STORE, new Life(1, 0, 0, 1, 0), A_REBALANCE), 100_000);
    holds(new Bounds(ONE_STORE, new Life(1, 0, 0, 0, 0), new Faults(1, 0, 1, 0)), 150_000);
    holds(new Bounds(ONE_STORE, new Life(2, 0, 1, 0, 0), A_DEATH), 150_000);
    holds(new Bounds(ONE_STORE, new Life(2, 1, 0, 0, 0), A_DEATH), 150_000);
    holds(new Bounds(ONE_STORE, new Life(2, 0, 0, 1, 0), A_DEATH), 80_000);
  }

  @Test
  void withoutAnIntentFirstADeathLeavesADatabaseThatNobodyNames() {
    Counterexample found = found(Mistake.INTENT_NOT_FIRST, new Life(1, 0, 0, 0, 0), A_DEATH);
    assertThat(found.broken()).isEqualTo("POSTGRES 1 is left and nobody names it");
    assertThat(found.path()).contains("A begins POSTGRES 1", "A dies").hasSize(13);
  }

  @Test
  void aForgottenPresenceGivesAnIncarnationTwice() {
    Counterexample found = found(Mistake.PRESENCE_FORGOTTEN, new Life(1, 0, 1, 0, 0), new Faults(0, 0, 0, 1));
    assertThat(found.broken()).isEqualTo("incarnation 1 is given again after its destruction began");
    assertThat(found.path().getLast()).contains("commits Creating 1");
  }

  @Test
  void anOutcomeThatIsNotFencedIsSaidTwice() {
    Counterexample found = found(Mistake.OUTCOME_NOT_FENCED, new Life(1, 0, 0, 0, 0), A_REBALANCE);
    assertThat(found.broken()).isEqualTo("EnvironmentAccepted 1 is said twice");
    assertThat(found.path()).contains("A loses the partition and works on").hasSize(8);
  }

  @Test
  void aDeliveryThatIsBelievedEndsABranchThatHasReturned() {
    Counterexample found = found(Mistake.REF_NOT_ASKED, new Life(2, 0, 0, 0, 0), NO_FAULTS);
    assertThat(found.broken()).isEqualTo("the branch lives and has no environment");
    assertThat(found.path()).contains("the branch is deleted", "the branch moves to commit 2");
  }

  @Test
  void aReceiptBeforeTheBackupLosesWork() {
    Counterexample found = found(Mistake.DELETE_BEFORE_RECEIPT, new Life(1, 0, 0, 0, 0), NO_FAULTS);
    assertThat(found.broken()).isEqualTo("work in POSTGRES 1 is lost: it was deleted and not kept");
    assertThat(found.path().getLast()).isEqualTo("A deletes POSTGRES 1 with its receipt");
  }

  @Test
  void anOwnerThatBeginsBeforeItsTableIsCaughtUpDecidesAgain() {
    Counterexample found = found(Mistake.TABLE_NOT_CAUGHT_UP, new Life(1, 0, 0, 0, 0), A_DEATH);
    assertThat(found.broken()).isEqualTo("EnvironmentAccepted 1 is said twice");
    assertThat(found.path()).contains("A dies").hasSize(8);
  }

  @Test
  void whatIsMadeAgainAfterItWasKeptBlocksItsDestruction() {
    Counterexample found = found(Mistake.KEPT_IS_MADE_AGAIN, new Life(1, 0, 0, 0, 0), A_REBALANCE);
    assertThat(found.broken()).isEqualTo("it failed for good: POSTGRES refuses: there is no verified backup");
    assertThat(found.path()).contains("A, late, finishes POSTGRES 1");
  }
}
