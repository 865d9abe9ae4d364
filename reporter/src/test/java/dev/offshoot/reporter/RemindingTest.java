package dev.offshoot.reporter;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Reasons;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Touches;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.ReportJson;
import dev.offshoot.reporter.source.MigrationSources;
import dev.offshoot.worker.MemoryContext;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** Two branches with one version number: the one that was there before is told of the other, in its own lane, until it knows. */
class RemindingTest {
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private static final String STAGING = "CREATE TABLE customers (id int PRIMARY KEY)";

  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir
  private Path folder;
  private FolderBlobs blobs;
  private ReporterFixture first;
  private ReporterFixture second;
  private MemoryContext ofFirst;
  private MigrationSources sources;
  private DeltaReport alone;

  /** The servers are shared with the test before. */
  private static String name(String branch) {
    return "feature/" + branch + COUNT.get();
  }

  @BeforeEach
  void reportOnTheFirst() throws Exception {
    COUNT.incrementAndGet();
    blobs = new FolderBlobs(folder);
    MemoryGit git = new MemoryGit().with(name("first"), ReporterFixture.COMMIT, Map.of("V2__mine.sql", "SELECT 1"))
        .with("main", new Commit("d".repeat(40)), Map.of());
    sources = MigrationSources.of(Map.of(SHOP, new RepositoryConfig(SHOP, GitHostName.GITEA, "acme/shop", "file:///none", "main",
        List.of(), RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
        new StagingConfig("shop_staging", Optional.empty()))), _ -> git);
    first = ReporterFixture.of(name("first"), STAGING);
    second = ReporterFixture.of(name("second"), STAGING);
    ofFirst = first.standing();
    Publication published = done(first.worker(blobs, sources).handle(first.message(new LifecycleEvent.EnvironmentCreated(first.subject, "2",
        List.of(new AppliedMigration("2", "mine", "V2__mine.sql", Duration.ofMillis(4))))), ofFirst));
    published.facets().forEach(ofFirst::with);
    alone = kept();
    assertThat(reasons()).doesNotContain("same-version");
  }

  private static Publication done(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).publication();
  }

  private DeltaReport kept() {
    return blobs.get(known().blob() + ".json").flatMap(ReportJson::read).orElseThrow();
  }

  private Report known() {
    return ofFirst.environment().report().orElseThrow();
  }

  /** The notes that the first's git host is told. */
  private List<String> reasons() {
    return known().reasons().flatMap(Reasons::notes).orElseThrow().stream().map(Reasons.Reason::id).toList();
  }

  /** The second branch, which has the version too, beside the first as it is known now. */
  private MemoryContext besideTheFirst() {
    return second.standing().knowing(ofFirst.environment()).with(new Report(second.subject.incarnation(), ReporterFixture.COMMIT,
        "reports/none", ReporterFixture.NOW, Optional.empty(), Optional.empty(), Optional.of(Touches.of(List.of("2"), List.of()))));
  }

  private Publication reported() throws InterruptedException {
    return done(second.worker(blobs, sources).handle(
        second.message(new LifecycleEvent.ReportPublished(second.subject, "reports/none", "x")), besideTheFirst()));
  }

  private Publication destroyed() throws InterruptedException {
    MemoryContext context = besideTheFirst();
    EnvironmentState second = context.environment();
    context.with(second.presence().orElseThrow().with(new Intent.Destroyed(this.second.subject.incarnation(), "merged"), ReporterFixture.NOW));
    return done(this.second.worker(blobs, sources).handle(
        this.second.message(new LifecycleEvent.EnvironmentDeleted(this.second.subject, "merged", List.of())), context));
  }

  private Outcome told() throws InterruptedException {
    return first.worker(blobs, sources).handle(
        first.message(new LifecycleEvent.ReportChanged(first.subject, "because of " + name("second"))), ofFirst);
  }

  @Test
  void theBranchThatWasThereBeforeIsToldAndToldAgainWhenTheOtherIsGone() throws Exception {
    Request ask = new Request.ReportRewritten(first.subject.origin(), ReporterFixture.COMMIT, "because of " + name("second"));

    assertThat(reported().asks()).containsExactly(ask);
    assertThat(new String(blobs.get(known().blob() + ".md").orElseThrow(), UTF_8)).contains(name("second"));
    Publication told = done(told());
    told.facets().forEach(ofFirst::with);
    assertThat(told.events()).singleElement().isInstanceOf(LifecycleEvent.ReportPublished.class);
    assertThat(reasons()).contains("same-version");

    assertThat(destroyed().asks()).containsExactly(ask);
    done(told()).facets().forEach(ofFirst::with);
    assertThat(kept()).isEqualTo(alone);
    assertThat(reasons()).doesNotContain("same-version");
  }

  @Test
  void whoWasKilledAfterTheReportWasWrittenAsksWhenHeIsAskedAgain() throws Exception {
    Publication lost = reported();
    assertThat(reported()).isEqualTo(lost);
  }

  @Test
  void whoIsToldAsksForNothingMore() throws Exception {
    assertThat(reported().asks()).hasSize(1);
    done(told()).facets().forEach(ofFirst::with);

    assertThat(reported().asks()).isEmpty();
    assertThat(told()).isInstanceOf(Outcome.Rejected.class);
    assertThat(done(first.worker(blobs, sources).handle(
        first.message(new LifecycleEvent.ReportPublished(first.subject, known().blob(), "x")),
        ofFirst.knowing(besideTheFirst().environment()))).asks()).isEmpty();
  }
}
