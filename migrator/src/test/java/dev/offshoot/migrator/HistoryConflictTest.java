package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.assertSucceeded;
import static dev.offshoot.migrator.WorkerFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void anEditedMigrationOfTheBranchAsksForANewEnvironment() throws Exception {
    assertSucceeded(migrator.push(clone, context, migrator.commit("V2__a.sql", "CREATE TABLE a (id int);")));
    Outcome edited = migrator.push(clone, context, migrator.commit("V2__a.sql", "CREATE TABLE a (id bigint);"));
    assertThat(failure(edited).reason()).contains("version 2").contains("in this environment and was edited since")
        .contains("offshoot env destroy");
    assertThat(WorkerFixture.schema(edited).usable()).isTrue();
  }

  @Test
  void aRemovedMigrationOfTheBranchAsksForANewEnvironment() throws Exception {
    assertSucceeded(migrator.push(clone, context, migrator.commit("V2__a.sql", "CREATE TABLE a (id int);")));
    Outcome renumbered = migrator.push(clone, context, migrator.commit("V3__a.sql", "CREATE TABLE a (id int);"));
    assertThat(failure(renumbered).reason()).contains("version 2").contains("the commit does not have it")
        .contains("offshoot env destroy");
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
    assertThat(failure(broken).reason()).contains("without a transaction").contains("offshoot env destroy");

    Outcome next = migrator.push(clone, context, migrator.commit("V2__rows.sql", rows, "V3__index.sql", "SELECT 1;"));
    assertThat(failure(next).reason()).contains("version 3").contains("failed half-way")
        .contains("offshoot env destroy");
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
