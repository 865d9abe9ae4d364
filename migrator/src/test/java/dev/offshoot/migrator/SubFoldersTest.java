package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.assertSucceeded;
import static dev.offshoot.migrator.WorkerFixture.failure;
import static dev.offshoot.migrator.WorkerFixture.publication;
import static dev.offshoot.migrator.WorkerFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.event.Request;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.HistoryChange;
import dev.offshoot.git.SampleRepository;
import dev.offshoot.wire.EvidenceCodec;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** Migrations in folders below the configured one: as Flyway has them when it reads the same folder itself. */
class SubFoldersTest {
  private static final String OF_STAGING = "CREATE TABLE pages (id int);";

  @TempDir
  private Path folder;
  private WorkerFixture migrator;
  private CloneFixture clone;
  private MemoryContext context;

  @BeforeEach
  void open() throws Exception {
    migrator = new WorkerFixture(folder, Duration.ofSeconds(90));
    clone = CloneFixture.bare();
    Path location = Files.createDirectories(folder.resolve("staging/2024/q3"));
    Files.writeString(folder.resolve("staging/V1__base.sql"), CloneFixture.BASE);
    Files.writeString(location.resolve("V2__pages.sql"), OF_STAGING);
    clone.staging(Flyway.configure().locations("filesystem:" + folder.resolve("staging")));
    clone.handOver("customers", "pages", "flyway_schema_history");
    context = clone.standing();
  }

  @AfterEach
  void close() {
    migrator.close();
  }

  private SampleRepository.Tree stagingAnd(String... namesAndTexts) throws Exception {
    return migrator.tree(namesAndTexts).file("V1__base.sql", CloneFixture.BASE).file("2024/q3/V2__pages.sql", OF_STAGING);
  }

  private Outcome push(SampleRepository.Tree tree) throws Exception {
    return migrator.push(clone, context, migrator.bareCommit(tree));
  }

  private Evidence evidence(Commit commit) throws Exception {
    return new EvidenceCodec().decode(
        migrator.blobs.get(Evidence.key(clone.origin.environment(), CloneFixture.INCARNATION, commit)).orElseThrow());
  }

  @Test
  void theyAreAppliedInTheOrderOfTheirVersionsUnderTheNamesThatFlywayGivesThem() throws Exception {
    assertThat(clone.ask("SELECT string_agg(script, ' ' ORDER BY installed_rank) FROM flyway_schema_history"))
        .isEqualTo("V1__base.sql 2024/q3/V2__pages.sql");
    Commit commit = migrator.bareCommit(stagingAnd(
        "2025/a/V4__later.sql", "CREATE TABLE later (id int);", "2025/b/V3__sooner.sql", "\nCREATE TABLE sooner (id int);",
        "views/R__totals.sql", "CREATE VIEW totals AS SELECT 1 AS n;",
        ".old/V9__hidden.sql", "CREATE TABLE hidden (id int);", "2025/V9__x.sh", "exit 1", "2025/beforeMigrate.sql", "SELECT 1/0;"));

    Outcome outcome = migrator.push(clone, context, commit);

    assertSucceeded(outcome);
    assertThat(schema(outcome).applied()).extracting(AppliedMigration::script)
        .containsExactly("2025/b/V3__sooner.sql", "2025/a/V4__later.sql", "views/R__totals.sql");
    assertThat(clone.ask("SELECT string_agg(script, ' ' ORDER BY installed_rank) FROM flyway_schema_history WHERE installed_rank > 2"))
        .isEqualTo("2025/b/V3__sooner.sql 2025/a/V4__later.sql views/R__totals.sql");
    assertThat(clone.ask("SELECT to_regclass('hidden')")).isEqualTo("null");
    assertThat(evidence(commit).statements()).extracting(one -> one.source().script() + ":" + one.source().line())
        .containsExactly("2025/b/V3__sooner.sql:2", "2025/a/V4__later.sql:1", "views/R__totals.sql:1");
  }

  @Test
  void whatConfiguresOneStandsBesideIt() throws Exception {
    Commit commit = migrator.bareCommit(stagingAnd(
        "2025/V3__a.sql", "CREATE TABLE a (id int);", "2025/V3__a.sql.conf", "executeInTransaction=false\nshouldExecute=false",
        "2025/V4__b.sql", "CREATE TABLE b (id int);", "V4__b.sql.conf", "executeInTransaction=false"));

    assertSucceeded(migrator.push(clone, context, commit));

    assertThat(evidence(commit).scripts()).extracting(one -> one.script() + " " + one.inTransaction())
        .containsExactly("2025/V3__a.sql false", "2025/V4__b.sql true");
  }

  @Test
  void aFailureNamesTheFileWithItsFolders() throws Exception {
    MigrationFailure refused = failure(push(stagingAnd("2025/a/V3__x.sql", "SELECT 1;\nSELECT * FROM nowhere;")));
    assertThat(refused.script()).hasValue("2025/a/V3__x.sql");
    assertThat(refused.line()).hasValue(2);

    MigrationFailure unread = failure(push(stagingAnd("new year/V3__x.sql", "SELECT 1;\nSELECT 'abc;\n")));
    assertThat(unread.script()).hasValue("new year/V3__x.sql");
    assertThat(unread.line()).hasValue(2);
  }

  @Test
  void oneVersionInTwoFoldersFailsAndNamesBoth() throws Exception {
    MigrationFailure failure = failure(push(stagingAnd("a/V3__x.sql", "SELECT 1;", "b/V3__y.sql", "SELECT 2;")));
    assertThat(failure.reason()).contains("more than one migration with version 3", "db/migration/a/V3__x.sql", "db/migration/b/V3__y.sql");
  }

  @Test
  void oneThatWasMovedIsTheSame() throws Exception {
    assertSucceeded(push(stagingAnd("V3__x.sql", "CREATE TABLE x (id int);")));

    Outcome moved = push(migrator.tree("2025/V3__x.sql", "CREATE TABLE x (id int);", "old/V1__base.sql", CloneFixture.BASE,
        "old/V2__pages.sql", OF_STAGING));

    assertSucceeded(moved);
    assertThat(schema(moved).applied()).isEmpty();
  }

  @Test
  void oneThatWasEditedAsksForARebuildAndIsNamedWithItsFolders() throws Exception {
    assertSucceeded(push(stagingAnd("2025/V3__x.sql", "CREATE TABLE x (id int);")));
    Commit commit = migrator.bareCommit(stagingAnd("2025/V3__x.sql", "CREATE TABLE x (id bigint);"));

    Outcome edited = migrator.push(clone, context, commit);

    assertThat(publication(edited).asks()).singleElement().isInstanceOf(Request.RebuildRequested.class);
    assertThat(evidence(commit).plan().changes()).extracting(HistoryChange::script).containsExactly("2025/V3__x.sql");
  }

  @Test
  void aFolderWhoseNameCannotBeShownFailsThePush() throws Exception {
    for (String hostile : List.of("tab\there", " begins with a blank", "\u202Ereversed", "long/" + "x".repeat(1_000))) {
      MigrationFailure failure = failure(push(stagingAnd(hostile + "/V3__x.sql", "CREATE TABLE x (id int);")));
      assertThat(failure.reason()).contains("V3__x.sql", "rename it or its folder").doesNotContain("\t", "\u202E");
    }
    assertThat(clone.ask("SELECT to_regclass('x')")).isEqualTo("null");
  }

  @Test
  void aHostileFolderNameIsOnlyAName() throws Exception {
    List<String> scripts = List.of("'; DROP TABLE pages; --/V3__a.sql", "${flyway:database}/V4__b.sql", "<b>/V5__c.sql", "%s/V6__d.sql",
        "a b/V7__e.sql", "ünï🚀/V8__f.sql");
    SampleRepository.Tree tree = stagingAnd();
    for (String script : scripts) {
      tree.file(script, "SELECT 1;");
    }

    Outcome outcome = push(tree);

    assertSucceeded(outcome);
    assertThat(schema(outcome).applied()).extracting(AppliedMigration::script).containsExactlyElementsOf(scripts);
    assertThat(clone.ask("SELECT string_agg(script, ' ' ORDER BY installed_rank) FROM flyway_schema_history WHERE installed_rank > 2"))
        .isEqualTo(String.join(" ", scripts));
  }
}
