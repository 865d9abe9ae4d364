package dev.offshoot.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offshoot.config.BranchRules;
import dev.offshoot.config.RepositoryConfig.Creation;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.event.LifecycleEvent.CommitAccepted;
import dev.offshoot.event.LifecycleEvent.ReconcileHeld;
import dev.offshoot.event.LifecycleEvent.RefReconciled;
import dev.offshoot.event.Repair;
import dev.offshoot.event.Request;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;

class ReconcileTest {
  private final MemoryShop shop = new MemoryShop();

  private List<Repair> repairs() {
    return shop.said(RefReconciled.class).stream().map(RefReconciled::repair).toList();
  }

  @Test
  void whatIsAsTheHostSaysIsLeftAlone() throws Exception {
    shop.standing("feature/stands");
    shop.destroyed("feature/swept");

    assertThat(shop.compare(Optional.empty())).isInstanceOf(Outcome.Rejected.class);
    assertThat(repairs()).isEmpty();
  }

  @Test
  void everythingThatWasLostIsMadeGoodAndSaidOnce() throws Exception {
    shop.standing("feature/moved");
    shop.standing("feature/deleted");
    shop.destroyed("feature/recreated");
    shop.git.push(MemoryShop.branch("feature/new").ref(), MemoryShop.ONE);
    shop.git.push(MemoryShop.branch("feature/moved").ref(), MemoryShop.TWO);
    shop.git.delete(MemoryShop.branch("feature/deleted").ref());
    shop.git.push(MemoryShop.branch("feature/recreated").ref(), MemoryShop.TWO);

    shop.reconcile();
    shop.reconcile();

    assertThat(repairs()).containsExactlyInAnyOrder(Repair.values());
    assertThat(shop.presence("feature/new").intent()).isInstanceOf(Intent.Standing.class);
    assertThat(shop.presence("feature/moved").tip()).contains(MemoryShop.TWO);
    assertThat(shop.isDestroyed("feature/deleted")).isTrue();
    assertThat(shop.presence("feature/recreated").intent().incarnation()).isEqualTo(new Incarnation(2));
    assertThat(shop.isKnown("main")).as("the default branch has Staging").isFalse();
  }

  @Test
  void aDestroyedBranchThatIsGoneAndComesBackAtTheSameTipComesBack() throws Exception {
    shop.destroyed("feature/back");
    shop.git.delete(MemoryShop.branch("feature/back").ref());
    shop.reconcile();
    assertThat(shop.presence("feature/back").tip()).isEmpty();

    shop.git.push(MemoryShop.branch("feature/back").ref(), MemoryShop.ONE);
    shop.reconcile();

    assertThat(shop.presence("feature/back").intent()).isInstanceOf(Intent.Standing.class);
    assertThat(repairs()).containsExactly(Repair.MISSED_DELETE, Repair.RECREATED_BRANCH);
  }

  @Test
  void aDeliveryThatWasMerelyLateIsNoRepair() throws Exception {
    shop.standing("feature/late");
    Request.BranchPushed late = shop.push("feature/late", MemoryShop.TWO);
    Outcome asked = shop.compare(Optional.empty());
    assertThat(shop.say(late)).isInstanceOf(Outcome.Done.class);

    shop.settle(asked);

    assertThat(MemoryShop.asks(asked)).hasSize(1);
    assertThat(repairs()).isEmpty();
    assertThat(shop.said(CommitAccepted.class)).hasSize(1);
  }

  @Test
  void theSameFindingIsTheSameAsk() throws Exception {
    shop.standing("feature/same");
    shop.git.push(MemoryShop.branch("feature/same").ref(), MemoryShop.TWO);

    Request first = MemoryShop.asks(shop.compare(Optional.empty())).getFirst();
    Request again = MemoryShop.asks(shop.compare(Optional.empty())).getFirst();
    shop.git.push(MemoryShop.branch("feature/same").ref(), MemoryShop.commit(3));
    Request other = MemoryShop.asks(shop.compare(Optional.empty())).getFirst();

    assertThat(first.identity()).isPresent().isEqualTo(again.identity()).isNotEqualTo(other.identity());
  }

  @Test
  void aHostThatDoesNotAnswerIsNoEmptyList() throws Exception {
    shop.standing("feature/stands");
    shop.git.reachable(false);

    assertThatThrownBy(() -> shop.compare(Optional.empty())).isInstanceOf(Failure.class);
    assertThat(shop.presence("feature/stands").intent()).isInstanceOf(Intent.Standing.class);
  }

  @Test
  void anEmptyListDestroysNothingUntilItIsConfirmed() throws Exception {
    shop.standing("feature/only");
    Stream.of("main", "feature/only").forEach(name -> shop.git.delete(MemoryShop.branch(name).ref()));

    shop.reconcile();
    shop.reconcile();

    ReconcileHeld held = shop.said(ReconcileHeld.class).getFirst();
    assertThat(shop.said(ReconcileHeld.class)).as("it is said once").hasSize(1);
    assertThat(shop.isDestroyed("feature/only")).isFalse();
    shop.settle(shop.compare(Optional.of(held.finding())));
    assertThat(shop.isDestroyed("feature/only")).isTrue();
  }

  @Test
  void aMassDeleteIsHeldAsAWholeAndPassesOnlyAsItWasConfirmed() throws Exception {
    List<String> names = IntStream.rangeClosed(1, 5).mapToObj(n -> "feature/b" + n).toList();
    for (String name : names) {
      shop.standing(name);
    }
    names.subList(0, 4).forEach(name -> shop.git.delete(MemoryShop.branch(name).ref()));
    shop.git.push(MemoryShop.branch("feature/b5").ref(), MemoryShop.TWO);

    shop.reconcile();

    ReconcileHeld held = shop.said(ReconcileHeld.class).getFirst();
    assertThat(held.missing()).isEqualTo(4);
    assertThat(held.branches()).isEqualTo(2);
    assertThat(names).noneMatch(shop::isDestroyed);
    assertThat(shop.presence("feature/b5").tip()).as("nothing else is done either").contains(MemoryShop.ONE);
    shop.git.delete(MemoryShop.branch("feature/b5").ref());
    assertThat(MemoryShop.asks(shop.compare(Optional.of(held.finding())))).as("more was found since").isEmpty();
    shop.git.push(MemoryShop.branch("feature/b5").ref(), MemoryShop.TWO);
    shop.settle(shop.compare(Optional.of(held.finding())));
    assertThat(names.subList(0, 4)).allMatch(shop::isDestroyed);
    assertThat(shop.presence("feature/b5").tip()).contains(MemoryShop.TWO);
  }

  @Test
  void aFifthOfManyMayGoAtOnce() throws Exception {
    List<String> names = IntStream.rangeClosed(1, 25).mapToObj(n -> "feature/b" + n).toList();
    for (String name : names) {
      shop.standing(name);
    }
    names.subList(0, 5).forEach(name -> shop.git.delete(MemoryShop.branch(name).ref()));

    shop.reconcile();

    assertThat(names.stream().filter(shop::isDestroyed)).hasSize(5);
    assertThat(shop.said(ReconcileHeld.class)).isEmpty();
  }

  @Test
  void oldBranchesOfANewRepositoryWaitForAPersonWhileTheRestIsMadeGood() throws Exception {
    shop.standing("feature/moved");
    shop.git.push(MemoryShop.branch("feature/moved").ref(), MemoryShop.TWO);
    IntStream.rangeClosed(1, 11).forEach(n -> shop.git.push(MemoryShop.branch("old/b" + n).ref(), MemoryShop.ONE));

    shop.reconcile();

    assertThat(shop.presence("feature/moved").tip()).contains(MemoryShop.TWO);
    assertThat(shop.isKnown("old/b1")).isFalse();
    ReconcileHeld held = shop.said(ReconcileHeld.class).getFirst();
    assertThat(held.untold()).isEqualTo(11);
    shop.settle(shop.compare(Optional.of(held.finding())));
    assertThat(shop.isKnown("old/b11")).isTrue();
  }

  @Test
  void aListThatForgetsWhatWasMergedDoesNotBringItAllBackLater() throws Exception {
    List<String> names = IntStream.rangeClosed(1, 4).mapToObj(n -> "feature/merged" + n).toList();
    for (String name : names) {
      shop.destroyed(name);
    }
    names.forEach(name -> shop.git.delete(MemoryShop.branch(name).ref()));
    shop.reconcile();
    names.forEach(name -> shop.git.push(MemoryShop.branch(name).ref(), MemoryShop.ONE));

    shop.reconcile();

    assertThat(shop.said(ReconcileHeld.class)).hasSize(1);
    assertThat(names).allMatch(shop::isDestroyed);
  }

  @Test
  void whatAPersonNamedStaysUntilTheRefMoves() throws Exception {
    shop.standing("feature/pinned");
    shop.say(new Request.CreateRequested(MemoryShop.branch("feature/pinned"), Optional.of(MemoryShop.commit(5)), "ann"));

    shop.reconcile();
    assertThat(shop.presence("feature/pinned").tip()).contains(MemoryShop.commit(5));
    assertThat(shop.say(new Request.BranchPushed(MemoryShop.branch("feature/pinned"), MemoryShop.ONE, false, false, "ann")))
        .as("a delivery that comes again").isInstanceOf(Outcome.Rejected.class);

    shop.git.push(MemoryShop.branch("feature/pinned").ref(), MemoryShop.TWO);
    shop.reconcile();
    assertThat(shop.presence("feature/pinned").tip()).contains(MemoryShop.TWO);
    assertThat(shop.presence("feature/pinned").pinned()).isEmpty();
  }

  @Test
  void aPinnedEnvironmentThatIsDestroyedStaysDestroyedWhileTheRefStands() throws Exception {
    shop.standing("feature/pinned");
    shop.say(new Request.CreateRequested(MemoryShop.branch("feature/pinned"), Optional.of(MemoryShop.commit(5)), "ann"));
    shop.say(new Request.DestroyRequested(MemoryShop.branch("feature/pinned"), "enough", "ann"));

    shop.reconcile();

    assertThat(shop.isDestroyed("feature/pinned")).isTrue();
  }

  @Test
  void whatIsWantedThoughItsBranchIsGoneStays() throws Exception {
    shop.standing("feature/restored");
    shop.git.delete(MemoryShop.branch("feature/restored").ref());
    Request.BranchDeleted deleted = new Request.BranchDeleted(MemoryShop.branch("feature/restored"), "ann");
    shop.say(deleted);
    shop.say(new Request.RestoreRequested(MemoryShop.branch("feature/restored"), Incarnation.FIRST, "ann"));
    shop.say(new Request.CreateRequested(MemoryShop.branch("feature/never"), Optional.of(MemoryShop.ONE), "ann"));

    shop.reconcile();
    shop.say(deleted);

    assertThat(Stream.of("feature/restored", "feature/never").map(name -> shop.presence(name).intent()))
        .allMatch(Intent.Standing.class::isInstance);
    shop.say(shop.push("feature/restored", MemoryShop.TWO));
    shop.git.delete(MemoryShop.branch("feature/restored").ref());
    shop.reconcile();
    assertThat(shop.isDestroyed("feature/restored")).as("once it was back, its end counts again").isTrue();
  }

  @Test
  void whatIsInTheStoresIsNotReplacedAfterTheStateWasLost() throws Exception {
    shop.standing("feature/kept");
    shop.state.forget(MemoryShop.branch("feature/kept").environment());

    shop.reconcile();

    assertThat(shop.isKnown("feature/kept")).isFalse();
    assertThat(repairs()).isEmpty();
  }

  @Test
  void branchesThatGetNoEnvironmentAreNotAskedFor() throws Exception {
    MemoryShop chosen = new MemoryShop(Creation.ON_PUSH, MemoryShop.rules(Optional.empty(), List.of("feature/**"), List.of("**/wip")));
    MemoryShop onCommand = new MemoryShop(Creation.ON_COMMAND, BranchRules.ALL);
    for (MemoryShop each : List.of(chosen, onCommand)) {
      Stream.of("feature/a", "feature/wip", "docs").forEach(name -> each.git.push(MemoryShop.branch(name).ref(), MemoryShop.ONE));
      each.reconcile();
    }

    assertThat(Stream.of("feature/a", "feature/wip", "docs").filter(chosen::isKnown)).containsExactly("feature/a");
    assertThat(Stream.of("feature/a", "feature/wip", "docs").filter(onCommand::isKnown)).isEmpty();
  }
}
