package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.COMMIT;
import static dev.offshoot.proof.check.Story.NAME;
import static dev.offshoot.proof.check.Story.PROVISIONER;
import static dev.offshoot.proof.check.Verdict.EXPECTED;
import static dev.offshoot.proof.check.Verdict.assertAmong;
import static dev.offshoot.proof.check.Verdict.assertOnly;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.offshoot.proof.check.Evidence.Database;
import dev.offshoot.proof.check.Expectation.Fate;

class OneEnvironmentTest {
  @Test
  void aBranchWithoutAnEnvironmentIsFound() {
    Story story = new Story();
    story.tips.put(Story.BRANCH, COMMIT);
    assertThat(Rules.all(story.evidence(), Expectation.NOTHING)).singleElement()
        .satisfies(violation -> assertThat(violation.invariant()).isEqualTo(Invariant.ONE_ENVIRONMENT));
  }

  @Test
  void aBranchWhoseNewestPushWasForgottenIsFound() {
    Story story = Story.ready();
    story.tips.put(Story.BRANCH, "2".repeat(40));
    assertOnly(story, Invariant.ONE_ENVIRONMENT, "and the git host has 2222");
  }

  @Test
  void anEnvironmentWithoutItsDatabaseIsFound() {
    Story story = Story.ready();
    story.databases.clear();
    assertAmong(story, Invariant.ONE_ENVIRONMENT, "has no database " + NAME);
  }

  @Test
  void anEnvironmentWithoutItsCoreOrItsRedisIsFound() {
    Story story = Story.ready();
    story.cores.clear();
    story.redisProcesses.clear();
    assertOnly(story, Invariant.ONE_ENVIRONMENT, "has no core");
    assertOnly(story, Invariant.ONE_ENVIRONMENT, "has 0 Redis servers");
  }

  @Test
  void twoServersInOneRedisFolderAreFound() {
    Story story = Story.ready();
    story.redisProcesses.add(NAME);
    assertOnly(story, Invariant.ONE_ENVIRONMENT, "has 2 Redis servers");
  }

  @Test
  void aDatabaseThatStandsAndIsKeptIsFound() {
    Story story = Story.ready();
    story.databases.add(new Database("retained_" + NAME, Story.tag(1)));
    assertAmong(story, Invariant.ONE_ENVIRONMENT, "more than one database");
  }

  @Test
  void anIncarnationMadeTwiceIsFound() {
    Story story = Story.ready();
    story.event(PROVISIONER, "dev.cdeventsx.offshoot-environment.accepted", 3, 1, "p9", "m1", "{}");
    story.cursor("provisioner", 1, 3);
    assertOnly(story, Invariant.ONE_ENVIRONMENT, "says of incarnation 1 what");
  }

  @Test
  void anEnvironmentThatOutlivesItsBranchIsFound() {
    Story story = Story.ready();
    story.tips.clear();
    assertOnly(story, Invariant.ONE_ENVIRONMENT, "is gone");
  }

  @Test
  void aDestroyedEnvironmentOfALivingBranchIsFoundUnlessItWasGivenUp() {
    Story story = Story.destroyed();
    story.tips.put(Story.BRANCH, COMMIT);
    assertOnly(story, Invariant.ONE_ENVIRONMENT, "is Destroyed(1) though");
    assertThat(Rules.all(story.evidence(), EXPECTED.with(Story.BRANCH, Fate.GIVEN_UP))).isEmpty();
  }
}
