package dev.offshoot.proof.check;

import static dev.offshoot.proof.check.Story.COMMIT;
import static dev.offshoot.proof.check.Story.MIGRATOR;
import static dev.offshoot.proof.check.Story.NAME;
import static dev.offshoot.proof.check.Story.PROVISIONER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.offshoot.proof.check.Evidence.Applied;
import dev.offshoot.proof.check.Evidence.Database;
import dev.offshoot.proof.check.Evidence.Leak;
import dev.offshoot.proof.check.Evidence.Role;
import dev.offshoot.proof.check.Expectation.Delivery;
import dev.offshoot.proof.check.Expectation.Fate;
import dev.offshoot.proof.check.Expectation.Position;

/** Every invariant can fail: each story has one thing spoilt, and that is what is found. */
class CheckerTest {
  private static final Expectation EXPECTED = Expectation.NOTHING.withAcknowledged(Set.of(Story.DELIVERY));

  private static List<Violation> found(Story story) {
    return Rules.all(story.evidence(), EXPECTED);
  }

  private static void assertOnly(Story story, Invariant invariant, String evidence) {
    assertThat(found(story)).isNotEmpty()
        .allSatisfy(violation -> assertThat(violation.invariant()).as(violation.toString()).isEqualTo(invariant))
        .anySatisfy(violation -> assertThat(violation.toString()).contains(evidence));
  }

  private static void assertAmong(Story story, Invariant invariant, String evidence) {
    assertThat(found(story)).anySatisfy(violation -> {
      assertThat(violation.invariant()).isEqualTo(invariant);
      assertThat(violation.toString()).contains(evidence);
    });
  }

  @Test
  void nothingIsFoundWhereEverythingHolds() {
    assertThat(found(Story.ready())).isEmpty();
    assertThat(found(Story.destroyed())).isEmpty();
  }

  // I1

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

  // I2

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

  // I3

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

  // I4

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

  // I5

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

  // I6

  @Test
  void aLostDeliveryIsFound() {
    assertThat(Rules.all(Story.ready().evidence(), EXPECTED.withAcknowledged(Set.of(new Delivery("shop", "d-2"))))).singleElement()
        .satisfies(violation -> assertThat(violation.invariant()).isEqualTo(Invariant.ACKNOWLEDGED));
  }

  // I7

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

  // I8

  @Test
  void aLeakedPasswordIsFound() {
    Story story = Story.ready();
    SecretSearch search = new SecretSearch(new World.Secrets("master-key-master-key-master-key", List.of()), List.of(NAME));
    String password = SecretSearch.derived("master-key-master-key-master-key", "POSTGRES " + NAME);
    story.leaks.addAll(search.in("offshoot.state-0@7", "\u0000\u00ff{\"url\":\"postgresql://x:" + password + "@h\"}"));
    assertOnly(story, Invariant.SECRETS, "offshoot.state-0@7: holds the password of POSTGRES " + NAME);
  }

  // I9

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

  // I10

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

  // intent first

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

  // counted

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

  // dead letters

  @Test
  void anUnexpectedDeadLetterIsFound() {
    Story story = Story.ready();
    story.letter(History.REQUESTS, 5);
    assertOnly(story, Invariant.DEAD_LETTERS, "offshoot.requests-3@5 is a dead letter");
  }

  @Test
  void poisonMustBeADeadLetterOnce() {
    Story story = Story.ready();
    Expectation poisoned = EXPECTED.withPoison(Set.of(new Position(History.REQUESTS, 3, 5)));
    assertThat(Rules.all(story.evidence(), poisoned)).singleElement()
        .satisfies(violation -> assertThat(violation.invariant()).isEqualTo(Invariant.DEAD_LETTERS));
    story.letter(History.REQUESTS, 5);
    assertThat(Rules.all(story.evidence(), poisoned)).isEmpty();
    story.letter(History.REQUESTS, 5);
    assertThat(Rules.all(story.evidence(), poisoned)).singleElement()
        .satisfies(violation -> assertThat(violation.evidence()).contains("twice"));
  }
}
