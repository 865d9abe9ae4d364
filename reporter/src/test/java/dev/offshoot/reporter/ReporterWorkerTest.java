package dev.offshoot.reporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Reasons;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.Stores;
import dev.offshoot.environment.Touches;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Replacement;
import dev.offshoot.event.Subject;
import dev.offshoot.process.FreePorts;
import dev.offshoot.wire.Json;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

class ReporterWorkerTest {
  private static final String STAGING = """
      CREATE TABLE customers (id int PRIMARY KEY, email text);
      CREATE VIEW emails AS SELECT email FROM customers;
      CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2';
      CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version text);
      """;
  private static final List<AppliedMigration> APPLIED =
      List.of(new AppliedMigration("2", "pages", "V2__pages.sql", Duration.ofMillis(41)));

  @TempDir
  private Path folder;
  private FolderBlobs blobs;

  @BeforeEach
  void open() {
    blobs = new FolderBlobs(folder);
  }

  @Test
  void theDifferenceShowsAnAddedColumnTableAndIndexAndNothingOfOwners() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/pages", STAGING);
    fixture.migrated("ALTER TABLE customers ADD nickname text; CREATE TABLE pages (id int PRIMARY KEY, title text);"
        + "CREATE INDEX by_email ON customers (email); INSERT INTO flyway_schema_history VALUES (2, '2');"
        + "ALTER TABLE flyway_schema_history ADD surprise int");

    Outcome outcome = created(fixture);

    JsonNode json = json(outcome);
    assertThat(json.at("/findings/schema/is").asText()).isEqualTo("present");
    assertThat(json.at("/findings/schema/value/changes/items"))
        .extracting(c -> c.get("kind").asText() + " " + c.get("type").asText() + " " + c.get("name").asText())
        .containsExactlyInAnyOrder("CHANGED TABLE public.customers", "ADDED TABLE public.pages",
            "ADDED INDEX public.customers.by_email",
            "ADDED CONSTRAINT public.pages.pages_pkey");
    assertThat(json.at("/findings/schema/value/sql").asText())
        .contains("ADD COLUMN nickname text").contains("CREATE TABLE public.pages").contains("CREATE INDEX by_email")
        .doesNotContain("OWNER").doesNotContain("GRANT").doesNotContain("REVOKE")
            .doesNotContain("flyway_schema_history")
        .doesNotContain("emails");
    assertThat(json.at("/findings/schema/value/remarks")).isEmpty();
  }

  @Test
  void theReportSaysWhatWasMigratedFromWhichSnapshotAndWhatWasNotChecked() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/what", STAGING);
    Outcome outcome = created(fixture);

    String text = markdown(outcome);
    assertThat(text).contains("feature/what").contains(ReporterFixture.COMMIT.id()).contains(fixture.epoch.value())
        .contains("3 h old").contains("V2__pages.sql").contains("41 ms").contains("No difference.")
        .contains("Not checked").contains("Locks");
    JsonNode json = json(outcome);
    assertThat(json.at("/verdict/summary").asText()).startsWith("Migrated");
    assertThat(json.at("/findings/header/subject/origin/ref").asText()).isEqualTo("refs/heads/feature/what");
    assertThat(json.at("/findings/plan/migrations/items/0/took").asText()).isEqualTo("PT0.041S");
    assertThat(json.get("notChecked")).isNotEmpty();
  }

  @Test
  void theOutcomeNamesTheBlobAndTheVerdict() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/key", STAGING);
    Publication publication = publication(created(fixture));
    String key = "reports/" + fixture.subject.origin().environment() + "/i1/" + ReporterFixture.COMMIT;
    String verdict = "Migrated: 1 migration applied in 41 ms; the schema is the snapshot's";
    assertThat(publication.facets()).containsExactly(
        new Report(Incarnation.FIRST, ReporterFixture.COMMIT, key, ReporterFixture.NOW, Optional.of(verdict),
            Optional.of(Judgement.NEEDS_DBA), Optional.of(new Touches(List.of("2"), List.of(), true)),
            Optional.of(new Reasons(List.of(new Reasons.Reason("not-measured",
                "What the migrations lock and rewrite was not measured: the migrator measured nothing", Optional.empty())), 0,
                Optional.of(List.of())))));
    assertThat(publication.events()).containsExactly(new LifecycleEvent.ReportPublished(fixture.subject, key, verdict));
    assertThat(blobs.list("reports/")).containsExactly(key + ".html", key + ".json", key + ".md");
  }

  @Test
  void aFailureIsReportedWithItsPlace() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/broken", STAGING);
    MigrationFailure failure = new MigrationFailure("ERROR: syntax error at or near \"COLUM\"",
        Optional.of("V3__x.sql"),
        Optional.of(4), Optional.of("ALTER TABLE pages\n  ADD COLUM title"), Optional.of("42601"));
    Outcome outcome = fixture.worker(blobs).handle(
        fixture.message(new LifecycleEvent.MigrationFailed(fixture.subject, failure, APPLIED)), fixture.standing());

    assertThat(markdown(outcome)).contains("Failed: V3__x.sql:4").contains("V3__x.sql").contains("line 4")
        .contains("42601").contains("ADD COLUM title");
    assertThat(json(outcome).at("/findings/failure/failure/line").asInt()).isEqualTo(4);
    assertThat(publication(outcome).events()).singleElement()
        .isInstanceOfSatisfying(LifecycleEvent.ReportPublished.class,
        event -> assertThat(event.verdict())
            .isEqualTo("Failed: V3__x.sql:4: ERROR: syntax error at or near \"COLUM\""));
  }

  @Test
  void aSnapshotThatIsGoneIsSaidInTheReport() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/gone", STAGING);
    fixture.withoutReference();
    Outcome outcome = created(fixture);
    assertThat(json(outcome).at("/findings/schema/why").asText()).contains("the snapshot's schema cannot be read")
        .contains("3D000");
    assertThat(markdown(outcome)).contains("could not be compared");
  }

  @Test
  void aServerThatIsDownIsWaitedForButNotForEver() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/down", STAGING);
    MemoryContext down = fixture.standing(FreePorts.choose());
    LifecycleEvent event = new LifecycleEvent.EnvironmentCreated(fixture.subject, "2", APPLIED);
    assertThatThrownBy(() -> fixture.worker(blobs).handle(fixture.message(event), down))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
    Outcome outcome = fixture.worker(blobs).handle(fixture.message(event), down.attempt(6));
    assertThat(json(outcome).at("/findings/schema/is").asText()).isEqualTo("missing");
  }

  @Test
  void whatIsStaleIsRejected() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/stale", STAGING);
    MemoryContext gone = fixture.standing();
    gone.with(gone.environment().presence().orElseThrow()
        .with(new Intent.Destroying(Incarnation.FIRST, "merged"), ReporterFixture.NOW));
    LifecycleEvent event = new LifecycleEvent.EnvironmentModified(fixture.subject, "2", APPLIED);
    assertThat(fixture.worker(blobs).handle(fixture.message(event), gone)).isInstanceOf(Outcome.Rejected.class);
    assertThat(blobs.list("")).isEmpty();
  }

  @Test
  void whatIsToServeNextIsReportedOnAndItsTakingOverIsNot() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/rebuilt", STAGING);
    MemoryContext rebuilding = fixture.standing();
    Stores stores = rebuilding.environment().stores().orElseThrow();
    Incarnation next = Incarnation.FIRST.next();
    rebuilding.with(stores.beside(new Stores(next, stores.epoch(), stores.keyId(), stores.coordinates())));
    rebuilding.with(rebuilding.environment().presence().orElseThrow()
        .with(new Intent.Resetting(Incarnation.FIRST, next, fixture.epoch, "edited"), ReporterFixture.NOW));
    Subject subject = new Subject(fixture.subject.origin(), next, fixture.subject.commit());

    Outcome outcome = fixture.worker(blobs).handle(
        fixture.message(new LifecycleEvent.EnvironmentCreated(subject, "2", APPLIED)), rebuilding);

    assertThat(((Report) publication(outcome).facets().getFirst()).incarnation()).isEqualTo(next);
    assertThat(fixture.worker(blobs).takes(new LifecycleEvent.EnvironmentModified(subject, "2", APPLIED,
        Optional.of(new Replacement(Incarnation.FIRST, List.of(), List.of()))))).isFalse();
    assertThat(fixture.worker(blobs).takes(new LifecycleEvent.EnvironmentModified(subject, "2", APPLIED))).isTrue();
  }

  @Test
  void namesAndViewsOfAHostileBranchAreOnlyText() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("x`<img/src=x>@everyone", STAGING);
    fixture.migrated(
        "CREATE TABLE \"a`<script>alert(1)</script>\" (id int); CREATE FUNCTION bomb() RETURNS int LANGUAGE plpgsql AS"
        + " $f$ BEGIN RAISE EXCEPTION 'looked at'; END $f$;"
        + " CREATE OR REPLACE VIEW emails AS SELECT bomb()::text AS email;"
        + " COMMENT ON TABLE customers IS E'```\\n# forged heading\\n'");
    Outcome outcome = created(fixture);
    String text = markdown(outcome);
    assertThat(json(outcome).at("/findings/schema/is").asText()).isEqualTo("present");
    assertThat(text).contains("- Branch: `` x`<img/src=x>@everyone ``")
        .contains("`` public.a`<script>alert(1)</script> ``")
        .contains("````sql\n");
  }

  private Outcome created(ReporterFixture fixture) throws InterruptedException {
    return fixture.worker(blobs).handle(
        fixture.message(new LifecycleEvent.EnvironmentCreated(fixture.subject, "2", APPLIED)), fixture.standing());
  }

  private static Publication publication(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).publication();
  }

  private String blob(Outcome outcome, String ending) {
    Report report = (Report) publication(outcome).facets().getFirst();
    return new String(blobs.get(report.blob() + ending).orElseThrow(), UTF_8);
  }

  private String markdown(Outcome outcome) {
    return blob(outcome, ".md");
  }

  private JsonNode json(Outcome outcome) throws Exception {
    return Json.mapper().readTree(blob(outcome, ".json"));
  }
}
