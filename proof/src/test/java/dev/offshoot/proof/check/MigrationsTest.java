package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.NAME;
import static dev.offshoot.proof.check.Verdict.assertOnly;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offshoot.proof.check.Evidence.Applied;

class MigrationsTest {
  @Test
  void aMigrationThatWasLeftOutIsFound() {
    Story story = Story.ready();
    story.applied.put(NAME, List.of(new Applied("V1__a.sql", true, 11)));
    assertOnly(story, Invariant.MIGRATIONS, "V2__b.sql");
  }

  @Test
  void aMigrationWithOtherContentIsFound() {
    Story story = Story.ready();
    story.applied.put(NAME, List.of(new Applied("V1__a.sql", true, 11), new Applied("V2__b.sql", true, 33)));
    assertOnly(story, Invariant.MIGRATIONS, "checksum=33");
  }

  @Test
  void aFailedMigrationInAReadyEnvironmentIsFound() {
    Story story = Story.ready();
    story.applied.put(NAME, List.of(new Applied("V1__a.sql", true, 11), new Applied("V2__b.sql", true, -22),
        new Applied("V3__c.sql", false, 3)));
    assertOnly(story, Invariant.MIGRATIONS, "V3__c.sql");
  }
}
