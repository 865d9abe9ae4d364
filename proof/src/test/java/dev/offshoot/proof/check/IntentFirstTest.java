package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.NAME;
import static dev.offshoot.proof.check.Verdict.assertAmong;
import static dev.offshoot.proof.check.Verdict.found;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.offshoot.proof.check.Evidence.Database;

class IntentFirstTest {
  @Test
  void aDatabaseWhoseIncarnationNobodyNamedIsFound() {
    Story story = Story.ready();
    story.databases.add(new Database("retained_shop_cool_abcdefghij_i2", Story.tag(2)));
    assertAmong(story, Invariant.INTENT_FIRST, "was made by an intent that was never written");
  }

  @Test
  void aResourceWithoutATagIsFound() {
    Story story = Story.ready();
    story.redisFolders.put(NAME, Story.json("''"));
    story.cores.put(NAME, "core");
    story.databases.set(0, new Database(NAME, Story.json("''")));
    assertThat(found(story)).hasSize(3).extracting(Violation::invariant).containsOnly(Invariant.INTENT_FIRST);
  }

  @Test
  void whatStandsWithoutHavingBeenBegunIsFound() {
    Story story = new Story();
    story.presence("Standing", 1);
    assertAmong(story, Invariant.INTENT_FIRST, "Standing(1) follows nothing");
  }

  @Test
  void whatIsDestroyedWithoutHavingBeenAnnouncedIsFound() {
    Story story = Story.ready();
    story.presence("Destroyed", 1);
    assertAmong(story, Invariant.INTENT_FIRST, "Destroyed(1) follows Standing(1)");
  }
}
