package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.NAME;
import static dev.offshoot.proof.check.Verdict.EXPECTED;
import static dev.offshoot.proof.check.Verdict.assertOnly;
import static dev.offshoot.proof.check.Verdict.found;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.offshoot.proof.check.Expectation.Delivery;

/** Every invariant can fail: each story has one thing spoilt, and that is what is found. Those that fill a class have one. */
class CheckerTest {
  @Test
  void nothingIsFoundWhereEverythingHolds() {
    assertThat(found(Story.ready())).isEmpty();
    assertThat(found(Story.destroyed())).isEmpty();
  }

  @Test
  void aLostDeliveryIsFound() {
    assertThat(Rules.all(Story.ready().evidence(), EXPECTED.withAcknowledged(Set.of(new Delivery("shop", "d-2"))))).singleElement()
        .satisfies(violation -> assertThat(violation.invariant()).isEqualTo(Invariant.ACKNOWLEDGED));
  }

  @Test
  void aLeakedPasswordIsFound() {
    Story story = Story.ready();
    SecretSearch search = new SecretSearch(new World.Secrets("master-key-master-key-master-key", List.of()), List.of(NAME));
    String password = SecretSearch.derived("master-key-master-key-master-key", "POSTGRES " + NAME);
    story.leaks.addAll(search.in("offshoot.state-0@7", "\u0000\u00ff{\"url\":\"postgresql://x:" + password + "@h\"}"));
    assertOnly(story, Invariant.SECRETS, "offshoot.state-0@7: holds the password of POSTGRES " + NAME);
  }
}
