package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.assertSucceeded;
import static dev.offshoot.migrator.WorkerFixture.failure;
import static dev.offshoot.migrator.WorkerFixture.publication;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.environment.Commit;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.Request;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.HistoryChange;
import dev.offshoot.evidence.PlanDecision;
import dev.offshoot.wire.EvidenceCodec;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** Commits whose migrations do not go with what the database has had. */
class HistoryConflictTest {
  @TempDir
  private Path folder;
  private WorkerFixture migrator;
  private CloneFixture clone;
  private MemoryContext context;

  @BeforeEach
  void open() throws Exception {
    migrator = new WorkerFixture(folder, Duration.ofSeconds(30));
    clone = CloneFixture.baselined();
    context = clone.standing();
  }

  @AfterEach
  void close() {
    migrator.close();
  }

  @Test
  void anEditedMigrationOfTheBranchAsksForARebuild() throws Exception {
    Commit first = migrator.commit("V2__a.sql", "CREATE TABLE a (id int);");
    assertSucceeded(migrator.push(clone, context, first));
    Commit next = migrator.commit("V2__a.sql", "CREATE TABLE a (id bigint);");
    Outcome edited = migrator.push(clone, context, next);
    assertThat(rebuild(edited).reason()).contains("version 2").contains("in this environment and was edited since");
    assertThat(publication(edited).facets()).isEmpty();
    assertThat(publication(edited).events()).isEmpty();
    assertThat(clone.ask("SELECT data_type FROM information_schema.columns WHERE table_name = 'a'")).isEqualTo("integer");

    Evidence evidence = new EvidenceCodec().decode(
        migrator.blobs.get(Evidence.key(clone.origin.environment(), CloneFixture.INCARNATION, next)).orElseThrow());
    assertThat(evidence.plan().decision()).isEqualTo(PlanDecision.REBUILD);
    assertThat(evidence.plan().changes()).singleElement().satisfies(change -> {
      assertThat(change.kind()).isEqualTo(HistoryChange.Kind.EDITED);
      assertThat(change.script()).isEqualTo("V2__a.sql");
      assertThat(change.inherited()).isFalse();
    });
  }

  private Request.RebuildRequested rebuild(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(publication(outcome).asks()).singleElement().isInstanceOf(Request.RebuildRequested.class);
    Request.RebuildRequested ask = (Request.RebuildRequested) publication(outcome).asks().getFirst();
    assertThat(ask.incarnation()).isEqualTo(CloneFixture.INCARNATION);
    assertThat(ask.epoch()).isEqualTo(EpochChoice.SAME);
    assertThat(ask.commit()).isEmpty();
    return ask;
  }

  @Test
  void aRemovedMigrationOfTheBranchAsksForARebuild() throws Exception {
    assertSucceeded(migrator.push(clone, context, migrator.commit("V2__a.sql", "CREATE TABLE a (id int);")));
    Outcome removed = migrator.push(clone, context, migrator.commit());
    assertThat(rebuild(removed).reason()).contains("version 2").contains("the commit does not have it");
  }

  @Test
  void aStagingThatIsAheadOfTheBranchIsNoConflict() throws Exception {
    clone.execute("INSERT INTO flyway_schema_history SELECT 2, '7', 'ahead', type, 'V7__ahead.sql', 7, installed_by, now(), 1, true"
        + " FROM flyway_schema_history WHERE version = '1'");
    assertSucceeded(migrator.push(clone, context, migrator.commit()));
    clone.execute("INSERT INTO flyway_schema_history SELECT 3, '8', 'own', type, 'V8__own.sql', 7, current_user, now(), 1, true"
        + " FROM flyway_schema_history WHERE version = '1'");
    assertThat(rebuild(migrator.push(clone, context, migrator.commit("R__x.sql", "SELECT 1;"))).reason())
        .contains("version 8").doesNotContain("version 7");
  }

  @Test
  void aRenumberedMigrationIsRecognised() throws Exception {
    assertSucceeded(migrator.push(clone, context, migrator.commit("V2__a.sql", "CREATE TABLE a (id int);")));
    Outcome renumbered = migrator.push(clone, context, migrator.commit("V3__a.sql", "CREATE TABLE a (id int);"));
    assertThat(rebuild(renumbered).reason()).contains("version 2").endsWith("the commit has it as V3__a.sql");
  }

  @Test
  void aMigrationThatAMergeBroughtBelowTheBranchsOwnAsksForARebuild() throws Exception {
    assertSucceeded(migrator.push(clone, context, migrator.commit("V3__mine.sql", "CREATE TABLE a (id int);")));
    Outcome merged = migrator.push(clone, context,
        migrator.commit("V2__theirs.sql", "CREATE TABLE b (id int);", "V3__mine.sql", "CREATE TABLE a (id int);"));
    assertThat(rebuild(merged).reason()).contains("version 2").contains("numbered below");
  }

  @Test
  void aRebuildThatMeetsTheConflictAgainFailsInsteadOfBeingRebuilt() throws Exception {
    assertSucceeded(migrator.push(clone, context, migrator.commit("V2__a.sql", "CREATE TABLE a (id int);")));
    Commit edited = migrator.commit("V2__a.sql", "CREATE TABLE a (id bigint);");
    MemoryContext fresh = clone.next();
    Outcome outcome = migrator.push(clone, fresh, edited);
    assertThat(failure(outcome).reason()).contains("was edited since");
    assertThat(publication(outcome).asks()).singleElement().isInstanceOf(Request.RunFinished.class);
  }

  @Test
  void whatIsToServeNextCountsAsFailedWhileItsRebuildIsAskedFor() throws Exception {
    MemoryContext next = clone.next();
    assertSucceeded(migrator.push(clone, next, migrator.commit("V2__a.sql", "CREATE TABLE a (id int);")));
    Outcome edited = migrator.push(clone, next, migrator.commit("V2__a.sql", "CREATE TABLE a (id bigint);"));
    assertThat(rebuild(edited).reason()).contains("was edited since");
    assertThat(WorkerFixture.schema(edited).failure()).isPresent();
  }

  @Test
  void anEditedMigrationOfStagingAsksForAMerge() throws Exception {
    Outcome edited = migrator.push(clone, context,
        migrator.bareCommit(migrator.tree("V1__base.sql", "CREATE TABLE customers (id bigint);")));
    assertThat(failure(edited).reason()).contains("version 1").contains("in Staging and was edited")
        .contains("Merge or rebase")
        .doesNotContain("env destroy");
  }

  @Test
  void aNumberBelowWhatTheDatabaseIsAtIsToldNotSkipped() throws Exception {
    Outcome below = migrator.push(clone, context, migrator.commit("V0_5__late.sql", "CREATE TABLE late (id int);"));
    assertThat(failure(below).reason()).contains("0.5").contains("numbered below what the database is at");
  }

  @Test
  void twoFilesOfOneVersionAreTold() throws Exception {
    Outcome twice = migrator.push(clone, context, migrator.commit("V2__a.sql", "SELECT 1;", "V2__b.sql", "SELECT 2;"));
    assertThat(failure(twice).reason()).contains("more than one migration with version 2").doesNotContain("\n");
  }

  @Test
  void aFailedMigrationWithoutTransactionSaysWhatStaysAndSoDoesTheNextPush() throws Exception {
    String rows = "INSERT INTO customers VALUES (1, 'a'), (2, 'a');";
    String index = "CREATE UNIQUE INDEX CONCURRENTLY one_email ON customers (email);";
    Outcome broken = migrator.push(clone, context, migrator.commit("V2__rows.sql", rows, "V3__index.sql", index));
    assertThat(failure(broken).sqlState()).hasValue("23505");
    assertThat(failure(broken).reason()).contains("without a transaction").contains("next push makes the environment anew");

    Outcome next = migrator.push(clone, context, migrator.commit("V2__rows.sql", rows, "V3__index.sql", "SELECT 1;"));
    assertThat(rebuild(next).reason()).contains("version 3").contains("failed half-way");
  }

  @Test
  void aFailedTransactionalMigrationLeavesNoRowInTheHistory() throws Exception {
    migrator.push(clone, context, migrator.commit("V2__a.sql", "CREATE TABLE a (id int);\nSELECT * FROM nowhere;"));
    assertThat(clone.ask("SELECT string_agg(version, ',') FROM flyway_schema_history")).isEqualTo("1");
  }

  @Test
  void aStagingThatWasNotMadeWithFlywayIsToldHowToBaseline() throws Exception {
    CloneFixture bare = CloneFixture.bare();
    bare.asAdmin(bare.name.value(), "CREATE TABLE old (id int)");
    bare.handOver("old");
    Outcome outcome = migrator.push(bare, bare.standing(), migrator.commit());
    assertThat(failure(outcome).reason()).contains("not made with Flyway").contains("flyway baseline");
  }
}
