package dev.offshoot.reporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.ProductionConfig.Rehearse;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Rehearsed;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.NotChecked;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.ReportJson;
import dev.offshoot.reporter.model.Verdict;
import dev.offshoot.reporter.source.MigrationSources;
import dev.offshoot.wire.EvidenceCodec;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** What a branch's migrations have shown stays true of them, whatever was pushed on top of them and taken back. */
class SameMigrationsTest {
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private static final Commit FIRST = ReporterFixture.COMMIT;
  private static final Commit BROKEN = new Commit("b".repeat(40));
  private static final Commit OTHER = new Commit("e".repeat(40));
  private static final String STAGING = "CREATE TABLE customers (id int PRIMARY KEY, email text)";
  private static final String UNIQUE = "ALTER TABLE customers ADD CONSTRAINT one_email UNIQUE (email);\n";
  private static final AppliedMigration V2 = new AppliedMigration("2", "unique", "V2__unique.sql", Duration.ofMillis(41));
  private static final MigrationFailure NO_COLUMN = new MigrationFailure("ERROR: column \"nme\" does not exist",
      Optional.of("V3__broken.sql"), Optional.of(1), Optional.empty(), Optional.of("42703"));

  /** The server is shared with the test before. */
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir
  private Path folder;
  private FolderBlobs blobs;
  private ReporterFixture fixture;
  private MemoryContext context;
  private ReporterWorker worker;
  private Publication said = Publication.NOTHING;

  @BeforeEach
  void open() throws Exception {
    blobs = new FolderBlobs(folder);
    fixture = ReporterFixture.of("feature/unique" + COUNT.incrementAndGet(), STAGING);
    fixture.migrated(UNIQUE);
    context = fixture.standing();
    worker = worker(Rehearse.ON_PUSH);
  }

  private ReporterWorker worker(Rehearse rehearse) {
    return worker(git(), rehearse);
  }

  private static MemoryGit git() {
    return new MemoryGit().with("main", new Commit("d".repeat(40)), Map.of())
        .with("feature/unique", FIRST, Map.of("V2__unique.sql", UNIQUE))
        .with("feature/unique", BROKEN, Map.of("V2__unique.sql", UNIQUE, "V3__broken.sql", "SELECT nme FROM customers;\n"))
        .with("feature/unique", OTHER, Map.of("V2__unique.sql", UNIQUE));
  }

  private ReporterWorker worker(MemoryGit git, Rehearse rehearse) {
    return fixture.worker(blobs, MigrationSources.of(Map.of(SHOP, new RepositoryConfig(SHOP, GitHostName.GITEA, "acme/shop", "file:///none",
        "main", List.of(), RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
        new StagingConfig("shop_staging", Optional.empty()))), _ -> git), Map.of(SHOP, rehearse));
  }

  private Subject at(Commit commit) {
    return new Subject(fixture.subject.origin(), fixture.subject.incarnation(), Optional.of(commit));
  }

  private DeltaReport report(LifecycleEvent event) throws InterruptedException {
    Outcome outcome = worker.handle(fixture.message(event), context);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    said = ((Outcome.Done) outcome).publication();
    said.facets().forEach(context::with);
    Report facet = context.environment().report().orElseThrow();
    return blobs.get(facet.blob() + ".json").flatMap(ReportJson::read).orElseThrow();
  }

  private DeltaReport created() throws InterruptedException {
    Evidence measured = SampleReports.measured(at(FIRST), "V2__unique.sql", 1, UNIQUE);
    return report(new LifecycleEvent.EnvironmentCreated(at(FIRST), "2", List.of(V2), Optional.of(kept(FIRST, measured))));
  }

  private String kept(Commit commit, Evidence evidence) {
    String key = Evidence.key(fixture.subject.origin().environment(), fixture.subject.incarnation(), commit);
    blobs.put(key, new EvidenceCodec().encode(evidence));
    return key;
  }

  /** The rehearsal's database is gone before it is looked at, which the report waits for. */
  private DeltaReport rehearsedInVain() throws InterruptedException {
    context.attempt(6);
    DeltaReport report = report(new LifecycleEvent.EnvironmentRehearsed(at(FIRST), new Rehearsed(new EpochId("e261121040000000"),
        Incarnation.FIRST, "1", List.of(), Optional.of(new MigrationFailure("ERROR: could not create unique index \"one_email\"",
            Optional.of("V2__unique.sql"), Optional.of(1), Optional.empty(), Optional.of("23505"))), Optional.empty())));
    context.attempt(1);
    return report;
  }

  private DeltaReport broken() throws InterruptedException {
    Evidence measured = SampleReports.measured(at(BROKEN), "V3__broken.sql", 1, "SELECT nme FROM customers");
    return report(new LifecycleEvent.MigrationFailed(at(BROKEN), NO_COLUMN, List.of(), Optional.of(kept(BROKEN, measured))));
  }

  private DeltaReport back(Commit commit) throws InterruptedException {
    Optional<String> evidence = Optional.of(Evidence.key(fixture.subject.origin().environment(), fixture.subject.incarnation(), commit));
    return report(new LifecycleEvent.EnvironmentModified(at(commit), "2", List.of(), Optional.empty(),
        evidence.filter(key -> blobs.get(key).isPresent())));
  }

  private Request asked(Commit commit) {
    return new Request.RehearseRequested(fixture.subject.origin(), fixture.subject.incarnation(), commit, ReporterWorker.NAME);
  }

  @Test
  void whatProductionRefusesStaysBlockedWhenALaterPushFailedAndWasTakenBack() throws Exception {
    assertThat(created().verdict().judgement()).isEqualTo(Judgement.NEEDS_DBA);
    DeltaReport shown = rehearsedInVain();
    assertThat(shown.verdict().judgement()).isEqualTo(Judgement.BLOCKED);
    assertThat(broken().findings().production().orElseThrow().found()).isEmpty();

    DeltaReport again = back(FIRST);

    assertThat(again.verdict().judgement()).isEqualTo(Judgement.BLOCKED);
    assertThat(again.verdict().reasons()).extracting(Verdict.Reason::id).contains("rehearsal-failed").doesNotContain("migration-failed");
    assertThat(again.findings().production()).isEqualTo(shown.findings().production());
    assertThat(again.findings().drift()).isEqualTo(shown.findings().drift());
    assertThat(again.findings().plan().migrations().items()).extracting(Plan.Migration::script).containsExactly("V2__unique.sql");
    assertThat(again.findings().trial().found().orElseThrow().statements()).extracting(statement -> statement.source().script())
        .as("what was measured of it, and nothing of what failed").containsExactly("V2__unique.sql");
    assertThat(said.asks()).isEmpty();
    assertThat(back(FIRST)).isEqualTo(again);
  }

  @Test
  void anotherCommitWithTheSameMigrationsIsBlockedToo() throws Exception {
    created();
    DeltaReport shown = rehearsedInVain();
    broken();

    DeltaReport other = back(OTHER);

    assertThat(other.verdict().judgement()).isEqualTo(Judgement.BLOCKED);
    assertThat(other.findings().production()).isEqualTo(shown.findings().production());
    assertThat(said.asks()).isEmpty();
  }

  @Test
  void whatNoRehearsalHasShownIsRehearsedAgainAndDoesNotPassMeanwhile() throws Exception {
    created();
    broken();

    DeltaReport again = back(FIRST);

    assertThat(again.verdict().reasons()).extracting(Verdict.Reason::id).contains("not-rehearsed");
    assertThat(again.verdict().judgement()).isNotEqualTo(Judgement.PASS);
    assertThat(said.asks()).containsExactly(asked(FIRST));
  }

  @Test
  void migrationsThatWereAppliedByAPushThatFailedAreRehearsedOnceTheyStandAlone() throws Exception {
    report(new LifecycleEvent.MigrationFailed(at(BROKEN), NO_COLUMN, List.of(V2)));
    assertThat(said.asks()).as("what failed is not rehearsed").isEmpty();

    back(FIRST);

    assertThat(said.asks()).containsExactly(asked(FIRST));
  }

  @Test
  void nobodyIsAskedWhereTheMigratorAsksOrRehearsalsAreByCommand() throws Exception {
    created();
    assertThat(said.asks()).as("the migrator asks with what it has applied").isEmpty();
    broken();
    worker = worker(Rehearse.ON_COMMAND);
    back(FIRST);
    assertThat(said.asks()).isEmpty();
  }

  @Test
  void theTrialTellsOfTheFilesAsTheyStandInTheCommit() throws Exception {
    String before = "CREATE UNIQUE INDEX one_email ON custmers (email);\n";
    Evidence measured = SampleReports.measured(at(BROKEN), "V2__unique.sql", 1, before);
    DeltaReport wrong = report(new LifecycleEvent.MigrationFailed(at(BROKEN), new MigrationFailure("ERROR: no such table",
        Optional.of("V2__unique.sql"), Optional.of(1), Optional.empty(), Optional.of("42P01")), List.of(), Optional.of(kept(BROKEN, measured))));
    assertThat(wrong.findings().trial().found().orElseThrow().statements()).extracting(one -> one.source().sql()).containsExactly(before);

    DeltaReport right = created();

    assertThat(right.findings().trial().found().orElseThrow().statements()).extracting(one -> one.source().sql()).containsExactly(UNIQUE);
  }

  /** Its branch was deleted, and with it the commit. */
  @Test
  void whatWasRestoredIsReportedOnAsBeforeAndWhatCouldNotBeReadIsSaid() throws Exception {
    created();
    DeltaReport shown = rehearsedInVain();
    Incarnation second = Incarnation.FIRST.next();
    Stores stores = context.environment().stores().orElseThrow();
    context.with(context.environment().presence().orElseThrow().with(new Intent.Standing(second, fixture.epoch), ReporterFixture.NOW))
        .with(new Stores(second, stores.epoch(), stores.keyId(), stores.coordinates()));
    worker = worker(git().forget(FIRST), Rehearse.ON_PUSH);

    DeltaReport restored = report(new LifecycleEvent.EnvironmentCreated(
        new Subject(fixture.subject.origin(), second, Optional.of(FIRST)), "2", List.of()));

    assertThat(restored.findings().plan().migrations().items()).extracting(Plan.Migration::script).containsExactly("V2__unique.sql");
    assertThat(restored.verdict().judgement()).isEqualTo(Judgement.BLOCKED);
    assertThat(restored.findings().production()).isEqualTo(shown.findings().production());
    assertThat(restored.findings().trial()).isEqualTo(shown.findings().trial());
    assertThat(restored.notChecked()).extracting(NotChecked::what).anyMatch(what -> what.startsWith("Lint") && what.contains(FIRST.id()));
    assertThat(said.asks()).isEmpty();
  }

  @Test
  void whatARebuildHasEditedAwayIsNotInTheReport() throws Exception {
    created();
    Incarnation second = Incarnation.FIRST.next();
    Stores stores = context.environment().stores().orElseThrow();
    context.with(context.environment().presence().orElseThrow().with(new Intent.Standing(second, fixture.epoch), ReporterFixture.NOW))
        .with(new Stores(second, stores.epoch(), stores.keyId(), stores.coordinates()));
    Commit edited = new Commit("a".repeat(40));
    worker = worker(git().with("feature/unique", edited, Map.of("V3__other.sql", UNIQUE)), Rehearse.ON_PUSH);

    DeltaReport rebuilt = report(new LifecycleEvent.EnvironmentCreated(new Subject(fixture.subject.origin(), second, Optional.of(edited)), "3",
        List.of(new AppliedMigration("3", "other", "V3__other.sql", Duration.ofMillis(4)))));

    assertThat(rebuilt.findings().plan().migrations().items()).extracting(Plan.Migration::script).containsExactly("V3__other.sql");
  }
}
