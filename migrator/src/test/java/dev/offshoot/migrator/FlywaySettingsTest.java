package dev.offshoot.migrator;

import static dev.offshoot.migrator.WorkerFixture.assertSucceeded;
import static dev.offshoot.migrator.WorkerFixture.failure;
import static dev.offshoot.migrator.WorkerFixture.publication;
import static dev.offshoot.migrator.WorkerFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.wire.EvidenceCodec;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** Flyway's own settings that a repository may have. */
class FlywaySettingsTest {
  private static final FlywayConfig OUT_OF_ORDER = new FlywayConfig(true, List.of(), FlywayConfig.DEFAULT_TABLE, Map.of());
  private static final FlywayConfig TWO_SCHEMAS = new FlywayConfig(false, List.of("Shop", "audit"), "versions", Map.of());

  @TempDir
  private Path folder;
  private WorkerFixture migrator;

  @BeforeEach
  void open() throws Exception {
    migrator = new WorkerFixture(folder, Duration.ofSeconds(30));
  }

  @AfterEach
  void close() {
    migrator.close();
  }

  private Outcome push(FlywayConfig settings, CloneFixture clone, MemoryContext context, Commit commit) throws InterruptedException {
    return WorkerFixture.push(
        migrator.worker(folder, Duration.ofSeconds(30), WorkerFixture.CHILDREN, settings), clone, context, commit);
  }

  @Test
  void aNumberBelowTheNewestIsAppliedWhereThatIsThePolicy() throws Exception {
    CloneFixture clone = CloneFixture.baselined();
    MemoryContext context = clone.standing();
    assertSucceeded(push(OUT_OF_ORDER, clone, context, migrator.commit("V3__mine.sql", "CREATE TABLE mine (id int);")));
    Commit merged = migrator.commit("V2__theirs.sql", "CREATE TABLE theirs (id int);",
        "V0_5__late.sql", "CREATE TABLE late (id int);", "V3__mine.sql", "CREATE TABLE mine (id int);");

    Outcome inOrder = push(FlywayConfig.DEFAULT, clone, context, merged);
    assertThat(failure(inOrder).reason()).contains("numbered below what the database is at");

    Outcome outcome = push(OUT_OF_ORDER, clone, context, merged);
    assertSucceeded(outcome);
    assertThat(schema(outcome).version()).isEqualTo("3");
    assertThat(schema(outcome).applied()).extracting(AppliedMigration::version).containsExactly("0.5", "2");
    assertSucceeded(push(OUT_OF_ORDER, clone, context, merged));
  }

  @Test
  void whatWasAppliedOutOfOrderAndIsEditedAsksForARebuildAllTheSame() throws Exception {
    CloneFixture clone = CloneFixture.baselined();
    MemoryContext context = clone.standing();
    assertSucceeded(push(OUT_OF_ORDER, clone, context, migrator.commit("V3__mine.sql", "SELECT 3;")));
    assertSucceeded(push(OUT_OF_ORDER, clone, context, migrator.commit("V2__late.sql", "SELECT 2;", "V3__mine.sql", "SELECT 3;")));

    for (Commit commit : List.of(migrator.commit("V2__late.sql", "SELECT 4;", "V3__mine.sql", "SELECT 3;"),
        migrator.commit("V3__mine.sql", "SELECT 3;"), migrator.commit("V2__late.sql", "SELECT 2;"))) {
      Outcome rewritten = push(OUT_OF_ORDER, clone, context, commit);
      assertThat(publication(rewritten).asks()).as(rewritten.toString()).singleElement().isInstanceOf(Request.RebuildRequested.class);
    }
  }

  @Test
  void ofSeveralSchemasTheFirstHasTheHistoryAndAllAreSeen() throws Exception {
    CloneFixture clone = inTwoSchemas();
    Outcome outcome = push(TWO_SCHEMAS, clone, clone.standing(), migrator.bareCommit(migrator.tree("V1__all.sql",
        "CREATE TABLE orders (id int);\nCREATE TABLE audit.log (who text);\nCREATE TABLE public.other (id int);")));

    assertSucceeded(outcome);
    assertThat(schema(outcome).version()).isEqualTo("1");
    assertThat(clone.ask("SELECT string_agg(version, ',') FROM \"Shop\".versions")).isEqualTo("1");
    assertThat(clone.ask("SELECT to_regclass('\"Shop\".orders') IS NOT NULL AND to_regclass('public.flyway_schema_history') IS NULL"))
        .isEqualTo("t");
    Evidence evidence = evidence(outcome);
    assertThat(evidence.statements()).flatExtracting(one -> one.locking().locks())
        .extracting(lock -> lock.relation().name()).contains("\"Shop\".orders", "audit.log", "public.other")
        .noneMatch(name -> name.contains("versions"));
  }

  @Test
  void aStagingWithoutFlywaysHistoryIsToldHowToGetOneAndThenIsMigrated() throws Exception {
    CloneFixture clone = CloneFixture.bare();
    clone.asAdmin(clone.name.value(), CloneFixture.BASE);
    clone.handOver("customers");
    Commit commit = migrator.commit("V2__more.sql", "CREATE TABLE more (id int);");

    assertThat(failure(push(FlywayConfig.DEFAULT, clone, clone.standing(), commit)).reason()).contains("flyway baseline", "snapshot take");

    clone.baseline("1");
    Outcome outcome = push(FlywayConfig.DEFAULT, clone, clone.standing(), commit);
    assertSucceeded(outcome);
    assertThat(schema(outcome).version()).isEqualTo("2");
  }

  @Test
  void soIsOneWhoseTablesAreWhereFlywayDoesNotLook() throws Exception {
    CloneFixture clone = CloneFixture.bare();
    clone.asAdmin(clone.name.value(), "CREATE SCHEMA app; CREATE TABLE app.users (id int); ALTER SCHEMA app OWNER TO \"" + clone.name.value() + '"');
    Commit commit = migrator.bareCommit(migrator.tree("V1__users.sql", "CREATE TABLE app.users (id int);"));

    assertThat(failure(push(FlywayConfig.DEFAULT, clone, clone.standing(), commit)).reason())
        .contains("\"users\" already exists", "Flyway's history is empty", "flyway baseline");
  }

  @Test
  void aSchemaThatTheSnapshotDoesNotHaveIsTold() throws Exception {
    CloneFixture clone = inTwoSchemas();
    FlywayConfig wrong = new FlywayConfig(false, List.of("nowhere"), FlywayConfig.DEFAULT_TABLE, Map.of());
    Outcome outcome = push(wrong, clone, clone.standing(), migrator.bareCommit(migrator.tree("V1__a.sql", "CREATE TABLE a (id int);")));
    assertThat(failure(outcome).reason()).contains("nowhere");
  }

  @Test
  void aPlaceholderStandsForItsValueAndWithoutAnyNothingIsReplaced() throws Exception {
    CloneFixture clone = CloneFixture.baselined();
    MemoryContext context = clone.standing();
    FlywayConfig settings = new FlywayConfig(false, List.of(), FlywayConfig.DEFAULT_TABLE, Map.of("table", "pages"));
    assertSucceeded(push(FlywayConfig.DEFAULT, clone, context, migrator.commit("V2__raw.sql", "CREATE TABLE raw AS SELECT '${table}' AS t;")));
    assertThat(clone.ask("SELECT t FROM raw")).isEqualTo("${table}");
    Commit replaced = migrator.commit("V2__raw.sql", "CREATE TABLE raw AS SELECT '${table}' AS t;", "V3__x.sql", "CREATE TABLE ${table} (id int);");
    assertSucceeded(push(settings, clone, context, replaced));
    assertThat(clone.ask("SELECT to_regclass('pages')")).isEqualTo("pages");
  }

  private Evidence evidence(Outcome outcome) throws Exception {
    String key = ((LifecycleEvent.EnvironmentCreated) publication(outcome).events().getFirst()).evidence().orElseThrow();
    return new EvidenceCodec().decode(migrator.blobs.get(key).orElseThrow());
  }

  private static CloneFixture inTwoSchemas() throws SQLException {
    CloneFixture clone = CloneFixture.bare();
    String role = '"' + clone.name.value() + '"';
    clone.asAdmin(clone.name.value(), "CREATE SCHEMA \"Shop\" AUTHORIZATION " + role);
    clone.asAdmin(clone.name.value(), "CREATE SCHEMA audit AUTHORIZATION " + role);
    return clone;
  }
}
