package dev.offshoot.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Subject;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.FlywaySetting;
import dev.offshoot.reporter.model.LintFinding;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.ReportJson;
import dev.offshoot.reporter.model.Sizes;
import dev.offshoot.reporter.model.Verdict;
import dev.offshoot.reporter.source.MigrationSources;
import dev.offshoot.wire.EvidenceCodec;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;

/** The parts of a report beside the schema difference, from where they come in life. */
class ReportPartsTest {
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private static final Commit MAIN = new Commit("d".repeat(40));
  private static final String STAGING =
      "CREATE TABLE customers (id int PRIMARY KEY, email text, city text); INSERT INTO customers VALUES (1, 'x', 'y')";
  private static final String SQL = "ALTER TABLE customers ALTER COLUMN email SET NOT NULL;\n";

  @TempDir
  private Path folder;
  private FolderBlobs blobs;

  @BeforeEach
  void open() {
    blobs = new FolderBlobs(folder);
  }

  private static AppliedMigration applied(String version, String name) {
    return new AppliedMigration(version, name, "V" + version + "__" + name + ".sql", Duration.ofMillis(41));
  }

  private static MigrationSources git(Map<String, String> branch, Map<String, String> main) {
    MemoryGit git = new MemoryGit().with("feature/x", ReporterFixture.COMMIT, branch).with("main", MAIN, main);
    RepositoryConfig config = new RepositoryConfig(SHOP, GitHostName.GITEA, "acme/shop", "file:///none", "main",
        List.of(), RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
        new StagingConfig("shop_staging", Optional.empty()));
    return MigrationSources.of(Map.of(SHOP, config), _ -> git);
  }

  private static EnvironmentState masked(ReporterFixture fixture, String... columns) {
    StoreSnapshot postgres = new StoreSnapshot(StoreKind.POSTGRES, "template", ReporterFixture.NOW, 9_000_000)
        .taken(new StoreSnapshot.Taking(StoreSnapshot.Way.TEMPLATE_COPY, List.of(columns), Optional.empty()));
    return EnvironmentState.unknown(EnvironmentId.staging(SHOP)).with(new Epochs(List.of(
        new Epoch(fixture.epoch, Instant.parse("2026-11-21T09:30:00Z"), List.of(postgres)))));
  }

  private DeltaReport report(Outcome outcome, MemoryContext context) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    Report facet = (Report) ((Outcome.Done) outcome).publication().facets().getFirst();
    context.with(facet);
    return kept(facet);
  }

  private DeltaReport kept(Report facet) {
    return blobs.get(facet.blob() + ".json").flatMap(ReportJson::read).orElseThrow();
  }

  @Test
  void thePlanHasTheSqlOfTheCommitAndTheRulesSpeakOfItWithWhatWasMeasured() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/lint", STAGING);
    fixture.migrated(SQL);
    Evidence measured = SampleReports.measured(fixture.subject, "V2__required.sql", 1, SQL);
    String key = Evidence.key(fixture.subject.origin().environment(), fixture.subject.incarnation(), ReporterFixture.COMMIT);
    blobs.put(key, new EvidenceCodec().encode(measured));
    MemoryContext context = fixture.standing();
    MigrationSources sources = git(Map.of("V2__required.sql", SQL, "afterMigrate.sql", "GRANT ALL ON customers TO app"),
        Map.of("V1__init.sql", "-- x"));

    Findings findings = report(fixture.worker(blobs, sources).handle(fixture.message(new LifecycleEvent.EnvironmentCreated(
        fixture.subject, "2", List.of(applied("2", "required")), Optional.of(key))), context), context).findings();

    assertThat(findings.plan().migrations().items()).extracting(Plan.Migration::sql).containsExactly(Optional.of(SQL));
    assertThat(findings.plan().contentHash()).isPresent();
    assertThat(findings.trial().found().orElseThrow().statements()).hasSize(1);
    assertThat(findings.lint().found().orElseThrow().items())
        .filteredOn(finding -> finding.rule().equals("adding-not-nullable-field")).singleElement()
        .extracting(LintFinding::weight).asString().contains("held ACCESS EXCLUSIVE on public.customers");
    assertThat(findings.collisions().found().orElseThrow().items()).isEmpty();
    assertThat(findings.configuration().flatMap(Part::found).orElseThrow().items()).singleElement()
        .isEqualTo(new FlywaySetting("db/migration/afterMigrate.sql", "", "is a callback, and no callback of a branch is run",
            FlywaySetting.Heed.RUNS_OTHERWISE));
  }

  @Test
  void aConstraintOverAMaskedColumnAndTheSizeOfItsTableAreSeenInTheClone() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/masked", STAGING);
    fixture.migrated("ALTER TABLE customers ADD CONSTRAINT one_email UNIQUE (email), ALTER city SET NOT NULL");
    MemoryContext context = fixture.standing().knowing(masked(fixture, "public.customers.email"));

    Findings findings = report(fixture.worker(blobs).handle(fixture.message(new LifecycleEvent.EnvironmentCreated(
        fixture.subject, "2", List.of(applied("2", "unique")))), context), context).findings();

    assertThat(findings.masking().found().orElseThrow().constraints().items()).singleElement()
        .satisfies(one -> assertThat(one.name() + " " + one.table() + " " + one.columns())
            .isEqualTo("one_email public.customers [email]"));
    assertThat(findings.sizes().found().orElseThrow().tables().items()).extracting(Sizes.Table::name)
        .containsExactly("public.customers");
    assertThat(findings.sizes().found().orElseThrow().database()).isGreaterThan(1_000_000);
    assertThat(findings.header().snapshot().bytes()).contains(9_000_000L);
  }

  @Test
  void whatEarlierPushesDidStaysInTheReport() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/two", STAGING);
    MemoryContext context = fixture.standing();
    report(fixture.worker(blobs).handle(fixture.message(new LifecycleEvent.EnvironmentCreated(
        fixture.subject, "2", List.of(applied("2", "first")))), context), context);
    Subject next = new Subject(fixture.subject.origin(), fixture.subject.incarnation(), Optional.of(MAIN));

    LifecycleEvent second = new LifecycleEvent.EnvironmentModified(next, "3", List.of(applied("3", "second")));
    DeltaReport report = report(fixture.worker(blobs).handle(fixture.message(second), context), context);
    DeltaReport again = report(fixture.worker(blobs).handle(fixture.message(second), context), context);

    assertThat(report.findings().plan().migrations().items()).extracting(Plan.Migration::script, Plan.Migration::thisPush)
        .containsExactly(tuple("V2__first.sql", false),
            tuple("V3__second.sql", true));
    assertThat(again).isEqualTo(report);
  }

  @Test
  void aVersionThatTheDefaultBranchHasGonePastBlocks() throws Exception {
    ReporterFixture fixture = ReporterFixture.of("feature/late", STAGING);
    MemoryContext context = fixture.standing();
    MigrationSources sources = git(Map.of("V2__mine.sql", "SELECT 1"), Map.of("V3__theirs.sql", "SELECT 1"));

    DeltaReport report = report(fixture.worker(blobs, sources).handle(fixture.message(
        new LifecycleEvent.EnvironmentCreated(fixture.subject, "2", List.of(applied("2", "mine")))), context), context);

    assertThat(report.verdict().judgement()).isEqualTo(Judgement.BLOCKED);
    assertThat(report.verdict().reasons().getFirst().id()).isEqualTo("below-staging");
  }
}
