package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.NAME;
import static dev.offshoot.proof.check.Story.PROVISIONER;
import static dev.offshoot.proof.check.Verdict.assertAmong;
import static dev.offshoot.proof.check.Verdict.assertOnly;

import org.junit.jupiter.api.Test;

import dev.offshoot.proof.check.Evidence.Database;

class KeptTest {
  @Test
  void aReceiptWhoseDatabaseIsNotThereIsFound() {
    Story story = Story.destroyed();
    story.databases.clear();
    story.roles.clear();
    assertOnly(story, Invariant.KEPT, "there is no database retained_");
  }

  @Test
  void aKeptDatabaseThatWasNeverVerifiedIsFound() {
    Story story = Story.destroyed();
    story.databases.set(0, new Database("retained_" + NAME, Story.tag(1)));
    assertOnly(story, Invariant.KEPT, "was not verified");
  }

  @Test
  void aDumpThatIsNotTheOneOfTheReceiptIsFound() {
    Story story = Story.destroyed();
    story.redisKept.put(NAME, "something else");
    assertOnly(story, Invariant.KEPT, "REDIS is not kept");
  }

  @Test
  void aMissingBackupOfSolrIsFound() {
    Story story = Story.destroyed();
    story.solrBackups.clear();
    assertOnly(story, Invariant.KEPT, "SOLR is not kept");
  }

  @Test
  void aDestroyWithoutReceiptsIsFound() {
    Story story = Story.destroyed();
    story.withoutEvent("environment.deleted");
    story.event(PROVISIONER, "dev.cdevents.environment.deleted", 3, 1, "p3", "r2", "{'backups':[]}");
    assertAmong(story, Invariant.KEPT, "destroys a POSTGRES without a receipt");
  }
}
