package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.PROVISIONER;
import static dev.offshoot.proof.check.Verdict.EXPECTED;
import static dev.offshoot.proof.check.Verdict.assertOnly;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.offshoot.proof.check.Expectation.Position;

class DeadLettersTest {
  @Test
  void anUnexpectedDeadLetterIsFound() {
    Story story = Story.ready();
    story.letter(History.REQUESTS, 5);
    assertOnly(story, Invariant.DEAD_LETTERS, "offshoot.requests-3@5 is a dead letter");
  }

  @Test
  void poisonMustBeADeadLetterOnce() {
    Story story = Story.ready();
    Expectation poisoned = EXPECTED.withPoison(Set.of(new Position(History.REQUESTS, 3, 5)));
    assertThat(Rules.all(story.evidence(), poisoned)).singleElement()
        .satisfies(violation -> assertThat(violation.invariant()).isEqualTo(Invariant.DEAD_LETTERS));
    story.letter(History.REQUESTS, 5);
    assertThat(Rules.all(story.evidence(), poisoned)).isEmpty();
    story.letter(History.REQUESTS, 5);
    assertThat(Rules.all(story.evidence(), poisoned)).singleElement()
        .satisfies(violation -> assertThat(violation.evidence()).contains("twice"));
  }

  @Test
  void whatHadToBeRefusedIsADeadLetterThatIsAccountedFor() {
    Story story = Story.ready();
    story.request("environment.destroy-requested", "r9", "");
    story.cursor("provisioner", 1, 3);
    story.event(PROVISIONER, "dev.cdeventsx.offshoot-environment.failed", 3, 1, "p9", "r9", "{}");
    story.letter(History.REQUESTS, 1);
    assertOnly(story, Invariant.DEAD_LETTERS, "is a dead letter");
    assertThat(Rules.all(story.evidence(), EXPECTED.withRefused(Story.BRANCH))).isEmpty();
  }
}
