package dev.offshoot.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.offshoot.config.BranchRules;
import dev.offshoot.config.RepositoryConfig.Creation;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.event.LifecycleEvent.ChangeLinked;
import dev.offshoot.event.LifecycleEvent.CommitAccepted;
import dev.offshoot.event.Request;
import dev.offshoot.worker.Outcome;

class CreationPolicyTest {

  private static MemoryShop labelled() {
    return new MemoryShop(Creation.ON_LABEL, MemoryShop.rules(Optional.of("preview"), List.of("feature/**"), List.of()));
  }

  @Test
  void onALabelNothingElseOfAHostMakesAnEnvironment() throws Exception {
    MemoryShop shop = labelled();
    assertThat(shop.say(shop.push("feature/x", MemoryShop.ONE))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(shop.change("feature/x", MemoryShop.ONE, "Preview", "bug"))).isInstanceOf(Outcome.Rejected.class);
    shop.reconcile();
    assertThat(shop.isKnown("feature/x")).isFalse();

    assertThat(shop.say(shop.change("feature/x", MemoryShop.ONE, "bug", "preview"))).isInstanceOf(Outcome.Done.class);

    assertThat(shop.presence("feature/x").intent()).isInstanceOf(Intent.Standing.class);
    assertThat(shop.said(ChangeLinked.class)).extracting(ChangeLinked::number).containsExactly(7L);
    shop.git.push(MemoryShop.branch("docs").ref(), MemoryShop.ONE);
    assertThat(shop.say(shop.change("docs", MemoryShop.ONE, "preview"))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void whatStandsIsKeptUpToDateWhateverTheLabel() throws Exception {
    MemoryShop shop = labelled();
    shop.git.push(MemoryShop.branch("feature/x").ref(), MemoryShop.ONE);
    shop.say(shop.change("feature/x", MemoryShop.ONE, "preview"));

    assertThat(shop.say(shop.push("feature/x", MemoryShop.TWO))).isInstanceOf(Outcome.Done.class);
    shop.git.push(MemoryShop.branch("feature/x").ref(), MemoryShop.commit(3));
    shop.reconcile();
    shop.say(shop.change("feature/x", MemoryShop.commit(3)));

    assertThat(shop.presence("feature/x").tip()).contains(MemoryShop.commit(3));
    assertThat(shop.said(ChangeLinked.class)).as("also without its label").hasSize(2);
  }

  @Test
  void anEnvironmentOfABranchThatIsNotIncludedIsMadeByCommandAndKeptUpToDate() throws Exception {
    MemoryShop shop = new MemoryShop(Creation.ON_PUSH, MemoryShop.rules(Optional.empty(), List.of("feature/**"), List.of()));
    assertThat(shop.say(shop.push("docs", MemoryShop.ONE))).isInstanceOf(Outcome.Rejected.class);
    shop.say(new Request.CreateRequested(MemoryShop.branch("docs"), Optional.empty(), "ann"));

    shop.say(shop.push("docs", MemoryShop.TWO));

    assertThat(shop.presence("docs").tip()).contains(MemoryShop.TWO);
  }

  @Test
  void aChangeIsAsGoodAsAPush() throws Exception {
    MemoryShop shop = new MemoryShop();
    shop.git.push(MemoryShop.branch("feature/x").ref(), MemoryShop.ONE);
    shop.say(shop.change("feature/x", MemoryShop.ONE));
    shop.git.push(MemoryShop.branch("feature/x").ref(), MemoryShop.TWO);
    shop.say(shop.change("feature/x", MemoryShop.ONE));

    assertThat(shop.said(CommitAccepted.class)).extracting(accepted -> accepted.subject().commit()).containsExactly(Optional.of(MemoryShop.TWO));
    shop.say(new Request.DestroyRequested(MemoryShop.branch("feature/x"), "enough", "ann"));
    assertThat(shop.say(shop.change("feature/x", MemoryShop.TWO))).as("it stays destroyed at its tip").isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.said(ChangeLinked.class)).hasSize(2);
  }

  @Test
  void aRewrittenHistoryIsTold() throws Exception {
    MemoryShop shop = new MemoryShop();
    shop.say(shop.push("feature/x", MemoryShop.TWO));
    shop.say(shop.push("feature/x", MemoryShop.ONE));
    shop.say(shop.push("feature/x", MemoryShop.TWO));
    shop.say(new Request.CreateRequested(MemoryShop.branch("feature/x"), Optional.of(MemoryShop.ONE), "ann"));

    assertThat(shop.said(CommitAccepted.class)).extracting(CommitAccepted::forced)
        .containsExactly(Optional.of(true), Optional.of(false), Optional.empty());
  }

  /** A captured delivery verifies for ever. */
  @Test
  void oldDeliveriesThatAreReplayedChangeNothing() throws Exception {
    MemoryShop shop = new MemoryShop();
    List<Request> captured = List.of(
        shop.push("feature/x", MemoryShop.ONE), shop.change("feature/x", MemoryShop.ONE, "preview"), shop.push("feature/x", MemoryShop.TWO),
        new Request.BranchDeleted(MemoryShop.branch("feature/x"), "ann"),
        new Request.ChangeMerged(MemoryShop.branch("feature/x"), MemoryShop.ONE, GitRef.ofBranch("main"), 7, "ann"),
        new Request.ChangeClosed(MemoryShop.branch("feature/x"), 7, "ann"));
    shop.say(shop.push("feature/x", MemoryShop.commit(3)));
    var before = shop.presence("feature/x");
    for (Request old : captured) {
      shop.say(old);
    }
    assertThat(shop.presence("feature/x")).isEqualTo(before);

    shop.git.delete(MemoryShop.branch("feature/x").ref());
    shop.say(new Request.BranchDeleted(MemoryShop.branch("feature/x"), "ann"));
    int said = shop.state.events().size();
    for (Request old : captured) {
      assertThat(shop.say(old)).isInstanceOf(Outcome.Rejected.class);
    }
    assertThat(shop.isDestroyed("feature/x")).isTrue();
    assertThat(shop.state.events()).hasSize(said);
  }

  @Test
  void aBranchThatBecameTheDefaultOneCanStillEnd() throws Exception {
    MemoryShop shop = new MemoryShop();
    shop.standing("feature/x");
    assertThat(shop.say(new Request.DestroyRequested(MemoryShop.branch("main"), "enough", "ann"))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(shop.push("main", MemoryShop.TWO))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.presence("feature/x").intent().incarnation()).isEqualTo(Incarnation.FIRST);
  }
}
