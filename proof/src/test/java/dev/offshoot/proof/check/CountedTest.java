package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Verdict.assertAmong;
import static dev.offshoot.proof.check.Verdict.assertOnly;

import org.junit.jupiter.api.Test;

class CountedTest {
  @Test
  void aFacetVersionWrittenTwiceIsFound() {
    Story story = Story.ready();
    story.state("activity", 1, "{}");
    story.state("activity", 1, "{}");
    assertOnly(story, Invariant.COUNTED, "follows version 1");
  }

  @Test
  void aCursorThatGoesBackIsFound() {
    Story story = Story.ready();
    story.cursor("migrator", 3, 1);
    assertOnly(story, Invariant.COUNTED, "goes back from offset 5 to 3");
  }

  @Test
  void aCursorThatDoesNotCountItsEventsIsFound() {
    Story story = Story.ready();
    story.cursor("migrator", 9, 4);
    assertOnly(story, Invariant.COUNTED, "tells of 4 events");
  }

  @Test
  void anEventThatRestsOnAFacetNobodyWroteIsFound() {
    Story story = Story.ready();
    story.lines.removeIf(line -> line.key().endsWith("/presence"));
    assertAmong(story, Invariant.COUNTED, "which was never written");
  }
}
