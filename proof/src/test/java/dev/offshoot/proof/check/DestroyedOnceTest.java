package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.PROVISIONER;
import static dev.offshoot.proof.check.Verdict.assertAmong;

import org.junit.jupiter.api.Test;

class DestroyedOnceTest {
  @Test
  void aSecondDestroyOfTheSameIncarnationIsFound() {
    Story story = Story.destroyed();
    story.presence("Destroying", 1);
    story.presence("Destroyed", 1);
    assertAmong(story, Invariant.DESTROYED_ONCE, "though it was destroyed already");
  }

  @Test
  void aSecondDeletedEventIsFound() {
    Story story = Story.destroyed();
    story.event(PROVISIONER, "dev.cdevents.environment.deleted", 4, 1, "p4", "m1", "{}");
    story.cursor("provisioner", 2, 4);
    assertAmong(story, Invariant.DESTROYED_ONCE, "says of incarnation 1 what");
  }

  @Test
  void theDestroyOfAnOldIncarnationWhileANewOneExistsIsFound() {
    Story story = Story.destroyed();
    story.presence("Creating", 2);
    story.presence("Destroying", 1);
    assertAmong(story, Invariant.DESTROYED_ONCE, "though incarnation 2 was begun");
  }

  @Test
  void anEventThatDeletesWhatIsOlderThanWhatBeganIsFound() {
    Story story = Story.ready();
    story.event(PROVISIONER, "dev.cdeventsx.offshoot-environment.accepted", 3, 2, "p3", "m1", "{}");
    story.event(PROVISIONER, "dev.cdevents.environment.deleted", 4, 1, "p4", "m1", "{}");
    story.cursor("provisioner", 2, 4);
    assertAmong(story, Invariant.DESTROYED_ONCE, "though 2 began before");
  }
}
