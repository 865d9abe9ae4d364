package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.COMMIT;
import static dev.offshoot.proof.check.Verdict.EXPECTED;
import static dev.offshoot.proof.check.Verdict.assertAmong;
import static dev.offshoot.proof.check.Verdict.assertOnly;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.offshoot.proof.check.Expectation.Fate;

class SettledTest {
  @Test
  void anEnvironmentThatIsNeverFinishedIsFound() {
    Story story = Story.ready();
    story.presence("Destroying", 1);
    assertAmong(story, Invariant.SETTLED, "is still Destroying(1)");
  }

  @Test
  void anEnvironmentThatIsNeverMigratedIsFound() {
    Story story = Story.ready();
    story.withoutValue("schema");
    assertOnly(story, Invariant.SETTLED, "is still migrating");
  }

  @Test
  void anUnexpectedFailureIsFoundAndAnExpectedOneMustBeTold() {
    Story story = Story.ready();
    assertThat(Rules.all(story.evidence(), EXPECTED.with(Story.BRANCH, Fate.BROKEN))).extracting(Violation::invariant)
        .containsOnly(Invariant.SETTLED);
    story.state("schema", "{'incarnation':1,'commit':'" + COMMIT + "','usable':false,'failure':{'reason':'no such table'}}");
    assertOnly(story, Invariant.SETTLED, "no such table");
    assertThat(Rules.all(story.evidence(), EXPECTED.with(Story.BRANCH, Fate.BROKEN))).isEmpty();
  }

  @Test
  void aMissingReportIsFound() {
    Story story = Story.ready();
    story.blobs.clear();
    assertOnly(story, Invariant.SETTLED, "not in the blob store");
    story.withoutValue("report");
    assertAmong(story, Invariant.SETTLED, "has no report");
  }
}
