package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.COMMIT;
import static dev.offshoot.proof.check.Story.MIGRATOR;
import static dev.offshoot.proof.check.Verdict.assertAmong;
import static dev.offshoot.proof.check.Verdict.assertOnly;
import static dev.offshoot.proof.check.Verdict.found;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderTest {
  @Test
  void aGapInTheSequenceIsFound() {
    Story story = Story.ready();
    story.event(MIGRATOR, "dev.cdevents.environment.modified", 3, 1, "m3", "s1", "{}");
    assertAmong(story, Invariant.ORDER, "has sequence 3 after 1");
  }

  @Test
  void aSequenceSaidTwiceIsFound() {
    Story story = Story.ready();
    story.event(MIGRATOR, "dev.cdevents.environment.modified", 1, 1, "m3", "s1", "{}");
    assertAmong(story, Invariant.ORDER, "has sequence 1 after 1");
  }

  @Test
  void anEventOfAnOlderIncarnationIsFound() {
    Story story = Story.ready();
    story.event(MIGRATOR, "dev.cdevents.environment.modified", 2, 2, "m2", "s1", "{}");
    story.event(MIGRATOR, "dev.cdevents.environment.modified", 3, 1, "m3", "p1", "{}");
    story.cursor("migrator", 9, 3);
    assertOnly(story, Invariant.ORDER, "is of incarnation 1 after one of 2");
  }

  @Test
  void anIdSaidTwiceIsFound() {
    Story story = Story.ready();
    story.event(MIGRATOR, "dev.cdevents.environment.modified", 2, 1, "m1", "s1", "{}");
    story.cursor("migrator", 9, 2);
    assertOnly(story, Invariant.ORDER, "has the id of");
  }

  @Test
  void aDeliverySentAgainIsFineAndOneThatSaysSomethingElseIsFound() {
    Story story = Story.ready();
    story.request("branch.pushed", OutsideRule.id(Story.DELIVERY), COMMIT);
    assertThat(found(story)).isEmpty();
    story.request("branch.pushed", OutsideRule.id(Story.DELIVERY), "3".repeat(40));
    assertOnly(story, Invariant.ORDER, "says something else");
  }

  @Test
  void theSameHappeningTwiceBecauseOfOneThingIsFound() {
    Story story = Story.ready();
    story.event(MIGRATOR, "dev.cdevents.environment.modified", 2, 1, "m2", "p2", "{}");
    story.event(MIGRATOR, "dev.cdevents.environment.modified", 3, 1, "m3", "p2", "{}");
    story.cursor("migrator", 9, 3);
    assertOnly(story, Invariant.ORDER, "is said a second time because of p2");
  }

  @Test
  void anEventWithoutACauseIsFound() {
    Story story = Story.ready();
    story.event(MIGRATOR, "dev.cdevents.environment.modified", 2, 1, "m2", "nobody", "{}");
    story.cursor("migrator", 9, 2);
    assertOnly(story, Invariant.ORDER, "has a cause that nobody said");
  }
}
