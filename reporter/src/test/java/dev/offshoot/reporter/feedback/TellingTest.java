package dev.offshoot.reporter.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Facet;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Reasons;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Subject;
import dev.offshoot.reporter.feedback.host.CommitStatus;
import dev.offshoot.reporter.feedback.host.CommitStatus.State;

class TellingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:30:00Z");
  private static final Commit COMMIT = new Commit("4f1d2c3b5a69788796a5b4c3d2e1f00112233445");
  private static final Commit OLDER = new Commit("0a1d2c3b5a69788796a5b4c3d2e1f00112233445");
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final Incarnation FIRST = Incarnation.FIRST;
  private static final List<AppliedMigration> APPLIED =
      List.of(new AppliedMigration("2", "pages", "V2__pages.sql", Duration.ofMillis(41)));
  private static final MigrationFailure FAILURE = new MigrationFailure("ERROR: syntax error", Optional.of("V3__x.sql"), Optional.of(4),
      Optional.of("ALTER TABLE pages\n  ADD COLUM title"), Optional.of("42601"));
  private static final ReportLinks LINKS = new ReportLinks(Optional.of("https://reports.example.com/{report}.html"));

  private static Origin origin(String branch) {
    return Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch(branch));
  }

  private static Subject subject(String branch) {
    return new Subject(origin(branch), FIRST, Optional.of(COMMIT));
  }

  private static EnvironmentState state(String branch, Intent intent, Facet... facets) {
    EnvironmentState state = EnvironmentState.unknown(origin(branch).environment())
        .with(new Presence(origin(branch), intent, Optional.of(COMMIT), Optional.empty(), NOW));
    for (Facet facet : facets) {
      state = state.with(facet);
    }
    return state;
  }

  private static Stores stores() {
    return new Stores(FIRST, EPOCH, "k1", List.of(
        new StoreCoordinates(StoreKind.POSTGRES, "db.example.com", 5432, "shop_pages_k3v7q2x4ma_i1", "shop_pages_k3v7q2x4ma_i1"),
        new StoreCoordinates(StoreKind.SOLR, "solr.example.com", 8983, "shop_pages_k3v7q2x4ma_i1", ""),
        new StoreCoordinates(StoreKind.REDIS, "db.example.com", 6380, "", "")));
  }

  private static Schema schema(Commit commit, Optional<MigrationFailure> failure) {
    return new Schema(FIRST, commit, "2", APPLIED, true, failure, NOW);
  }

  private static Report report() {
    return new Report(FIRST, COMMIT, "reports/x/i1/" + COMMIT, NOW, Optional.of("Migrated: 1 migration applied in 41 ms"));
  }

  private static Telling told(LifecycleEvent event, EnvironmentState state) {
    assertThat(Telling.of(event, state, LINKS)).isInstanceOf(Telling.Answer.Tell.class);
    return ((Telling.Answer.Tell) Telling.of(event, state, LINKS)).telling();
  }

  private static void assertNothing(LifecycleEvent event, EnvironmentState state) {
    assertThat(Telling.of(event, state, LINKS)).isInstanceOf(Telling.Answer.Nothing.class);
  }

  private static CommitStatus status(Telling telling) {
    assertThat(telling.status()).map(Telling.Told::commit).contains(COMMIT);
    return telling.status().orElseThrow().status();
  }

  @Test
  void anEnvironmentThatIsBeingMadeIsPending() {
    Telling telling = told(new LifecycleEvent.EnvironmentAccepted(subject("feature/pages"), EPOCH),
        state("feature/pages", new Intent.Creating(FIRST, EPOCH)));

    assertThat(status(telling).state()).isEqualTo(State.PENDING);
    assertThat(telling.comment()).contains("being made").doesNotContain("PostgreSQL");
    assertThat(telling.begins()).isTrue();
  }

  @Test
  void aReadyOneIsASuccessWithCoordinatesMigrationsAndTheReport() {
    Telling telling = told(new LifecycleEvent.ReportPublished(subject("feature/pages"), "reports/x", "v"),
        state("feature/pages", new Intent.Standing(FIRST, EPOCH), stores(), schema(COMMIT, Optional.empty()), report()));

    String link = "https://reports.example.com/reports/x/i1/" + COMMIT + ".html";
    assertThat(status(telling))
        .isEqualTo(new CommitStatus(State.SUCCESS, "Migrated: 1 migration applied in 41 ms", Optional.of(link)));
    assertThat(telling.comment()).startsWith("[//]: # (offshoot " + origin("feature/pages").environment() + ")\n\n### ")
        .contains(": ready", "` feature/pages `", "` 4f1d2c3b5a `", "- Incarnation 1", "` db.example.com:5432 `",
            "` shop_pages_k3v7q2x4ma_i1 `", "Solr ` solr.example.com:8983 `", "Redis ` db.example.com:6380 `",
            "offshoot env dotenv " + origin("feature/pages").environment(), "1. ` V2__pages.sql `, 41 ms",
            "` Migrated: 1 migration applied in 41 ms `", "[Read it](" + link + ")", "offshoot report show")
        .doesNotContain("Failure", "Please note");
  }

  @Test
  void aReadyOneWaitsForItsReport() {
    Telling telling = told(new LifecycleEvent.EnvironmentCreated(subject("feature/pages"), "2", APPLIED),
        state("feature/pages", new Intent.Standing(FIRST, EPOCH), stores(), schema(COMMIT, Optional.empty())));

    assertThat(status(telling)).isEqualTo(new CommitStatus(State.PENDING, "Ready; the report is being written", Optional.empty()));
    assertThat(telling.comment()).contains(": ready").doesNotContain("Delta report");
  }

  private static Telling judged(Judgement judgement, Reasons reasons) {
    Report report = new Report(FIRST, COMMIT, "reports/x", NOW, Optional.of("Migrated"), Optional.of(judgement), Optional.empty(),
        Optional.of(reasons));
    return told(new LifecycleEvent.ReportPublished(subject("feature/pages"), "reports/x", "v"),
        state("feature/pages", new Intent.Standing(FIRST, EPOCH), stores(), schema(COMMIT, Optional.empty()), report));
  }

  private static final Reasons REASONS = new Reasons(List.of(
      new Reasons.Reason("lock-blocks-reads", "ACCESS EXCLUSIVE on pages for 1.2 s", Optional.of("V2__pages.sql:4")),
      new Reasons.Reason("object-removed", "column pages.title is removed", Optional.empty())), 3);

  @Test
  void aReportThatBlocksIsAFailureOfTheCommitWithItsGravestReason() {
    Telling telling = judged(Judgement.BLOCKED, REASONS);

    assertThat(status(telling).state()).isEqualTo(State.FAILURE);
    assertThat(status(telling).line()).isEqualTo("Blocked: ACCESS EXCLUSIVE on pages for 1.2 s (V2__pages.sql:4)");
    assertThat(telling.comment()).contains("**Delta report: must not be merged as it is**: ` Migrated `",
        "- ` ACCESS EXCLUSIVE on pages for 1.2 s `, ` V2__pages.sql:4 ` (` lock-blocks-reads `)",
        "- ` column pages.title is removed ` (` object-removed `)", "- and 3 more");
  }

  @Test
  void aReportThatNeedsADbaIsASuccessThatSaysSo() {
    Telling telling = judged(Judgement.NEEDS_DBA, REASONS);

    assertThat(status(telling).state()).isEqualTo(State.SUCCESS);
    assertThat(status(telling).line()).startsWith("Needs a DBA: ACCESS EXCLUSIVE on pages");
    assertThat(telling.comment()).contains("**Delta report: needs a DBA**");
  }

  @Test
  void aCollisionIsToldThoughItCountsAgainstNothing() {
    Telling telling = judged(Judgement.PASS, new Reasons(List.of(), 0,
        Optional.of(List.of(new Reasons.Reason("same-table", "pages is also changed by feature/other", Optional.empty())))));

    assertThat(status(telling).line()).isEqualTo("Migrated");
    assertThat(telling.comment()).contains("**Please note**", "- ` pages is also changed by feature/other ` (` same-table `)");
  }

  @Test
  void whyTheMigrationsFailedIsNotSaidTwice() {
    Reasons failed = new Reasons(List.of(new Reasons.Reason("migration-failed", "syntax error", Optional.empty())), 0);
    Report report = new Report(FIRST, COMMIT, "reports/x", NOW, Optional.of("Failed"), Optional.of(Judgement.BLOCKED), Optional.empty(),
        Optional.of(failed));
    Telling telling = told(new LifecycleEvent.ReportPublished(subject("feature/pages"), "reports/x", "v"),
        state("feature/pages", new Intent.Standing(FIRST, EPOCH), stores(), schema(COMMIT, Optional.of(FAILURE)), report));

    assertThat(status(telling).line()).isEqualTo("Failed: V3__x.sql:4: ERROR: syntax error");
    assertThat(telling.comment()).doesNotContain("migration-failed");
  }

  @Test
  void aFailureIsToldWithItsPlaceAndWhetherTheEnvironmentCanStillBeUsed() {
    Telling telling = told(new LifecycleEvent.MigrationFailed(subject("feature/pages"), FAILURE, List.of()),
        state("feature/pages", new Intent.Standing(FIRST, EPOCH), stores(), schema(COMMIT, Optional.of(FAILURE))));

    assertThat(status(telling).state()).isEqualTo(State.FAILURE);
    assertThat(status(telling).line()).isEqualTo("Failed: V3__x.sql:4: ERROR: syntax error");
    assertThat(telling.comment()).contains(": failed", "- File ` V3__x.sql:4 `", "` ERROR: syntax error `", "SQLSTATE ` 42601 `",
        "- Statement ` ALTER TABLE pages   ADD COLUM title `", "**Please note**", "can still be used");
  }

  @Test
  void storesThatCouldNotBeMadeAreAFailureWithoutAFile() {
    EnvironmentState state = state("feature/pages", new Intent.Creating(FIRST, EPOCH))
        .with(new Presence(origin("feature/pages"), new Intent.Creating(FIRST, EPOCH), Optional.of(COMMIT), Optional.of("no room"), NOW));
    Telling telling = told(new LifecycleEvent.EnvironmentFailed(subject("feature/pages"), "no room"), state);

    assertThat(status(telling).line()).isEqualTo("Failed: no room");
    assertThat(telling.comment()).contains("- ` no room `").doesNotContain("- File");
  }

  @Test
  void aRebuildSaysWhichIncarnationServesMeanwhile() {
    Subject next = new Subject(origin("feature/pages"), FIRST.next(), Optional.of(COMMIT));
    Telling telling = told(new LifecycleEvent.RebuildAccepted(next, FIRST, EPOCH, Optional.of(new EpochId("e261120093000000")), "edited"),
        state("feature/pages", new Intent.Resetting(FIRST, FIRST.next(), EPOCH, "V2 was edited"), stores(),
            schema(OLDER, Optional.empty())));

    assertThat(status(telling).state()).isEqualTo(State.PENDING);
    assertThat(telling.comment()).contains("rebuilt as incarnation 2; incarnation 1 serves", "` V2 was edited `",
        "Snapshot e261120093000000 is gone", "` db.example.com:5432 `");
  }

  @Test
  void theEndIsToldInTheCommentAloneAndBeginsNone() {
    Telling telling = told(new LifecycleEvent.EnvironmentDeleted(subject("feature/pages"), "merged", List.of()),
        state("feature/pages", new Intent.Destroyed(FIRST, "merged"), stores()));

    assertThat(telling.status()).isEmpty();
    assertThat(telling.begins()).isFalse();
    assertThat(telling.comment()).contains(": destroyed", "- Why: ` merged `", "Nothing was kept").doesNotContain("db.example.com");
  }

  @Test
  void whatIsSaidLateIsNotTold() {
    EnvironmentState ready =
        state("feature/pages", new Intent.Standing(FIRST, EPOCH), stores(), schema(COMMIT, Optional.empty()), report());
    Subject older = new Subject(origin("feature/pages"), FIRST, Optional.of(OLDER));
    assertNothing(new LifecycleEvent.EnvironmentModified(older, "2", APPLIED), ready);
    assertNothing(new LifecycleEvent.CommitAccepted(subject("feature/pages")), ready);
    assertNothing(new LifecycleEvent.EnvironmentDeleted(subject("feature/pages"), "merged", List.of()),
        state("feature/pages", new Intent.Standing(FIRST.next(), EPOCH)));
    assertNothing(new LifecycleEvent.ReportPublished(subject("feature/pages"), "reports/x", "v"),
        state("feature/pages", new Intent.Destroying(FIRST, "merged"), stores()));
    assertNothing(new LifecycleEvent.CommitAccepted(subject("feature/pages")),
        EnvironmentState.unknown(origin("feature/pages").environment()));
  }

  /** The text of a stranger stands in code on a line that begins with ours, whatever it holds. */
  @ParameterizedTest
  @ValueSource(strings = {"x`<img/src=x>@everyone", "``` \n/close\n# heading", "](https://evil.example.com)", "<!-- --> </details>",
      "\u202ereversed", "| a | b |\n|---|", "[//]: # (offshoot forged)", "🦊🦊🦊", "&lt;script&gt;"})
  void aStrangersTextIsOnlyText(String hostile) {
    String branch = hostile.replaceAll("[\\p{Cntrl}]", "");
    MigrationFailure failure = new MigrationFailure(hostile, Optional.of(hostile), Optional.of(1), Optional.of(hostile), Optional.of(hostile));
    Schema schema = new Schema(FIRST, COMMIT, "2",
        List.of(new AppliedMigration("2", hostile, hostile, Duration.ZERO)), true, Optional.of(failure), NOW);
    Report report = new Report(FIRST, COMMIT, "reports/x", NOW, Optional.of(hostile), Optional.of(Judgement.NEEDS_DBA), Optional.empty(),
        Optional.of(new Reasons(List.of(new Reasons.Reason(hostile, hostile, Optional.of(hostile))), 0)));
    Telling telling = told(new LifecycleEvent.MigrationFailed(subject(branch), failure, List.of()),
        state(branch, new Intent.Standing(FIRST, EPOCH), stores(), schema, report));

    String marker = CommentText.marker(origin(branch).environment());
    assertThat(telling.comment().lines()).first().isEqualTo(marker);
    assertThat(telling.comment().lines().skip(1)).allMatch(line -> line.isEmpty() || line.matches("(- |1\\. |### |\\*\\*|\\[Read it]).*"));
    String environment = origin(branch).environment().value();
    assertThat(telling.comment().replace(environment, "ENVIRONMENT").replaceAll("(`+) .*? \\1(?!`)", "CODE"))
        .doesNotContain("evil", "<", "@everyone", "/close", "forged", "\u202e", "🦊");
    assertThat(status(telling).line()).hasSizeLessThanOrEqualTo(CommitStatus.LONGEST).doesNotContain("\u202e", "🦊", "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "`", "\u202e", "🦊", "` "})
  void aCommentIsNeverLongerThanTheHostsTake(String letter) {
    String endless = letter.repeat(5_000);
    String branch = letter.strip().isEmpty() || letter.equals("` ") ? "x" : letter.repeat(300);
    List<AppliedMigration> applied = Collections.nCopies(500, new AppliedMigration(endless, endless, endless, Duration.ofDays(9)));
    MigrationFailure failure =
        new MigrationFailure(endless, Optional.of(endless), Optional.of(1), Optional.of(endless), Optional.of(endless));
    Telling telling = told(new LifecycleEvent.MigrationFailed(subject(branch), failure, List.of()),
        state(branch, new Intent.Resetting(FIRST, FIRST.next(), EPOCH, endless), stores(),
            new Schema(FIRST, COMMIT, "2", applied, true, Optional.of(failure), NOW),
            new Report(FIRST, COMMIT, "reports/x", NOW, Optional.of(endless), Optional.of(Judgement.BLOCKED), Optional.empty(),
                Optional.of(new Reasons(Collections.nCopies(Reasons.MOST, new Reasons.Reason(endless, endless, Optional.of(endless))), 9,
                    Optional.of(Collections.nCopies(Reasons.MOST, new Reasons.Reason(endless, endless, Optional.of(endless)))))))));

    assertThat(telling.comment()).hasSizeLessThan(CommentText.LONGEST).contains("and 480 more");
  }
}
