package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.NAME;
import static dev.offshoot.proof.check.Verdict.assertOnly;
import static dev.offshoot.proof.check.Verdict.found;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.offshoot.proof.check.Evidence.Database;

class UnmaskedTest {
  @Test
  void whatMustBeMaskedIsFoundWhereEnvironmentsCome() {
    for (String given : List.of(NAME, Story.SLOT, Story.EPOCH_NAME)) {
      Story story = Story.ready().withPool();
      story.unmaskedDatabases.add(given);
      assertOnly(story, Invariant.UNMASKED, given + ": the database holds what must be masked");
    }
  }

  @Test
  void aKeptDatabaseAndACoreThatAreNotMaskedAreFound() {
    Story kept = Story.destroyed();
    kept.unmaskedDatabases.add("retained_" + NAME);
    assertOnly(kept, Invariant.UNMASKED, "the database holds what must be masked");
    Story core = Story.ready();
    core.unmaskedCores.add(NAME);
    assertOnly(core, Invariant.UNMASKED, "the core holds what must be masked");
  }

  @Test
  void stagingMayHoldItAndLetsNoEnvironmentIn() {
    Story story = Story.ready();
    story.unmaskedDatabases.add("shop_staging");
    story.unmaskedCores.add("shop_staging");
    story.databases.add(new Database("shop_staging", Story.json("''"), Set.of("shop_application")));
    assertThat(found(story)).isEmpty();
    story.databases.set(story.databases.size() - 1, new Database("shop_staging", Story.json("''"), Set.of(NAME, "shop_application")));
    assertOnly(story, Invariant.UNMASKED, "and lets in [" + NAME + "]");
  }
}
