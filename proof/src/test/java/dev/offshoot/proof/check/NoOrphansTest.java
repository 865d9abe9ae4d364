package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.NAME;
import static dev.offshoot.proof.check.Verdict.assertAmong;
import static dev.offshoot.proof.check.Verdict.assertOnly;
import static dev.offshoot.proof.check.Verdict.found;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.offshoot.proof.check.Evidence.Database;
import dev.offshoot.proof.check.Evidence.Role;

class NoOrphansTest {
  @Test
  void aHalfMadeDatabaseIsFound() {
    Story story = Story.destroyed();
    story.databases.add(new Database("t_" + NAME, Story.json("''")));
    assertOnly(story, Invariant.NO_ORPHANS, "half-way");
  }

  @Test
  void aDatabaseOfAnIncarnationThatIsGoneIsFound() {
    Story story = Story.destroyed();
    story.databases.add(new Database(NAME, Story.tag(1)));
    assertAmong(story, Invariant.NO_ORPHANS, "database " + NAME + " is left");
  }

  @Test
  void aRoleWithoutADatabaseIsFound() {
    Story story = Story.destroyed();
    story.roles.add(new Role("shop_cool_abcdefghij_i7", true));
    assertOnly(story, Invariant.NO_ORPHANS, "is left without a database");
  }

  @Test
  void aRoleOfAKeptDatabaseThatMayStillLogInIsFound() {
    Story story = Story.destroyed();
    story.roles.set(0, new Role(NAME, true));
    assertOnly(story, Invariant.NO_ORPHANS, "may log in");
  }

  @Test
  void leftCoresFoldersAndServersAreFound() {
    Story story = Story.destroyed();
    story.cores.put("r_" + NAME, NAME + "-" + Story.EPOCH + "-" + Instant.parse(Story.SINCE).toEpochMilli());
    story.redisFolders.put(NAME, Story.tag(1));
    story.redisProcesses.add(NAME + " (deleted)");
    story.redisKept.put("t_" + NAME, "");
    story.blobs.add("reports/cool/1.html~123");
    assertThat(found(story)).extracting(Violation::invariant).containsOnly(Invariant.NO_ORPHANS).hasSize(5);
  }

  @Test
  void aTemplateThatNobodyPublishedIsFound() {
    Story story = Story.ready();
    story.databases.add(new Database("shop_staging_abcdefghij_" + Story.EPOCH, Story.json("''")));
    assertOnly(story, Invariant.NO_ORPHANS, "nobody published");
  }

  @Test
  void aHalfMadeCoreOfAnEpochIsFound() {
    Story story = Story.ready().withPool();
    assertThat(found(story)).isEmpty();
    story.cores.put("t_" + Story.EPOCH_NAME, "core");
    assertOnly(story, Invariant.NO_ORPHANS, "is left half-way");
  }

  @Test
  void aSlotThatIsHalfMadeOrWithoutItsRoleOrItsTemplateIsFound() {
    Story half = Story.ready().withPool();
    half.databases.add(new Database("t_" + Story.SLOT, Story.json("''")));
    assertOnly(half, Invariant.NO_ORPHANS, "a slot of the pool is left half-way");
    half.poolFilled = true;
    assertThat(found(half)).as("while slots are made").isEmpty();
    Story roleless = Story.ready().withPool();
    roleless.roles.removeIf(role -> role.name().equals(Story.SLOT));
    assertOnly(roleless, Invariant.NO_ORPHANS, "a slot has no role");
    Story orphaned = Story.ready().withPool();
    orphaned.databases.removeIf(database -> database.name().equals(Story.EPOCH_NAME));
    assertOnly(orphaned, Invariant.NO_ORPHANS, "which is gone");
  }

  @Test
  void aSlotOfAnEpochThatIsNotTheNewestIsFound() {
    Story story = Story.ready().withPool();
    story.epochs(2, Story.EPOCH, "e001800000000000");
    assertOnly(story, Invariant.NO_ORPHANS, "not the newest");
  }

  @Test
  void aSlotsRoleThatMayLogInOrHasNoDatabaseIsFound() {
    Story open = Story.ready().withPool();
    open.roles.set(open.roles.size() - 1, new Role(Story.SLOT, true));
    assertOnly(open, Invariant.NO_ORPHANS, "the role of a slot may log in");
    Story left = Story.ready().withPool();
    left.databases.removeIf(database -> database.name().equals(Story.SLOT));
    assertOnly(left, Invariant.NO_ORPHANS, "left without its database");
  }

  @Test
  void backupsThatNoReceiptNamesAreFound() {
    Story story = Story.destroyed();
    story.databases.add(new Database("retained_shop_warm_ccccccccc2_i1", Story.json("''")));
    story.solrBackups.add("snapshot.retained_shop_warm_ccccccccc2_i1");
    story.redisKept.put("shop_warm_ccccccccc2_i1", "abc");
    story.blobs.add("backups/warm-ccccccccc2/i1/f.dump");
    assertThat(found(story)).filteredOn(violation -> violation.evidence().contains("no receipt names")).hasSize(4)
        .extracting(Violation::invariant).containsOnly(Invariant.NO_ORPHANS);
  }

  @Test
  void aBackupThatIsThereThoughItsReceiptSaysItIsGoneIsFound() {
    Story story = Story.destroyed();
    story.state("backups", "{'receipts':[{'kind':'REDIS','incarnation':1,'kept':'kept/" + NAME
        + "','keeping':{'dropped':{'decided':'" + Story.SINCE + "','gone':'" + Story.SINCE + "'}}}]}");
    assertOnly(story, Invariant.NO_ORPHANS, "a dump is kept that no receipt names, or that a receipt says is gone");
  }

  @Test
  void aBackupOfAnEpochThatIsGoneIsFound() {
    Story story = Story.ready().withPool();
    story.solrBackups.add("snapshot.shop_staging_bbbbbbbbbb_e001600000000000");
    assertOnly(story, Invariant.NO_ORPHANS, "an epoch that nobody published");
  }

  @Test
  void aRoleForSnapshotsThatIsLeftOpenIsFound() {
    Story story = Story.ready();
    story.roles.add(new Role("offshoot_snapshot", true));
    assertOnly(story, Invariant.NO_ORPHANS, "may log in though none is made");
  }
}
