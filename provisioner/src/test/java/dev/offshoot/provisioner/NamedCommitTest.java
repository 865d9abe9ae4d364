package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.MemoryShop.ONE;
import static dev.offshoot.provisioner.MemoryShop.TWO;
import static dev.offshoot.provisioner.MemoryShop.branch;
import static dev.offshoot.provisioner.MemoryShop.commit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.event.LifecycleEvent.CommitAccepted;
import dev.offshoot.event.Request;
import dev.offshoot.worker.Outcome;

/** A commit that a person names is looked for before anything is changed by it. */
class NamedCommitTest {
  private static final Commit NOWHERE = commit(7);
  private static final String NAME = "feature/named";

  private final MemoryShop shop = new MemoryShop();

  @BeforeEach
  void aCommitIsNowhere() {
    shop.git.forget(NOWHERE);
  }

  private static Request create(Commit commit) {
    return new Request.CreateRequested(branch(NAME), Optional.of(commit), "ann");
  }

  private EnvironmentState state() {
    return shop.state.of(branch(NAME).environment());
  }

  private void assertRefused(Request request) throws Exception {
    EnvironmentState before = state();
    int said = shop.state.events().size();
    assertThat(shop.say(request)).isInstanceOfSatisfying(Outcome.Rejected.class,
        rejected -> assertThat(rejected.reason()).contains(NOWHERE.id()).contains("is not in the repository"));
    assertThat(state()).isEqualTo(before);
    assertThat(shop.state.events()).hasSize(said);
  }

  @Test
  void noEnvironmentIsMadeAtACommitThatIsNotInTheRepository() throws Exception {
    assertRefused(create(NOWHERE));
    assertThat(shop.isKnown(NAME)).isFalse();

    shop.destroyed(NAME);
    assertRefused(create(NOWHERE));
    assertThat(shop.isDestroyed(NAME)).isTrue();
  }

  @Test
  void whatStandsStaysAtItsCommit() throws Exception {
    shop.standing(NAME);
    assertRefused(create(NOWHERE));
    assertThat(shop.presence(NAME).tip()).contains(ONE);
    assertThat(shop.presence(NAME).intent()).isInstanceOf(Intent.Standing.class);
  }

  @Test
  void anyCommitOfTheRepositoryIsBroughtIn() throws Exception {
    shop.standing(NAME);
    shop.push("feature/other", TWO);

    assertThat(shop.say(create(TWO))).isInstanceOf(Outcome.Done.class);

    assertThat(shop.said(CommitAccepted.class)).singleElement()
        .satisfies(accepted -> assertThat(accepted.subject().commit()).contains(TWO));
  }

  @Test
  void whatWasAcceptedIsCarriedOnWithThoughTheHostHasForgottenTheCommit() throws Exception {
    shop.standing(NAME);
    shop.push("feature/other", TWO);
    shop.say(create(TWO));
    shop.git.forget(TWO);
    shop.git.delete(branch("feature/other").ref());

    assertThat(shop.say(create(TWO))).as("tried once more").isInstanceOf(Outcome.Done.class);
    assertThat(shop.presence(NAME).tip()).contains(TWO);
  }
}
