package dev.offshoot.reporter.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.offshoot.config.ReportPolicy;
import dev.offshoot.config.ReportPolicy.Consequence;
import dev.offshoot.config.ReportReason;
import dev.offshoot.environment.Judgement;
import dev.offshoot.reporter.SampleReports;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.FlywaySetting;
import dev.offshoot.reporter.model.NotChecked;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Verdict;
import dev.offshoot.reporter.model.Verdict.Reason;
import dev.offshoot.reporter.model.Verdict.Weight;

class JudgeTest {

  private static Verdict judged(Findings findings, Map<String, Consequence> policy) {
    return Judge.verdict(findings, new ReportPolicy(policy, Duration.ofMillis(500), 100_000));
  }

  @Test
  void whereNothingSpeaksAgainstItItPasses() {
    Verdict verdict = judged(SampleReports.clean("feature/clean"), Map.of());

    assertThat(verdict.judgement()).isEqualTo(Judgement.PASS);
    assertThat(verdict.reasons()).isEmpty();
  }

  @Test
  void whatNobodyMeasuredNeedsADba() {
    Verdict verdict = judged(SampleReports.bare("feature/bare"), Map.of());

    assertThat(verdict.judgement()).isEqualTo(Judgement.NEEDS_DBA);
    assertThat(verdict.reasons()).extracting(Reason::id)
        .containsExactlyInAnyOrder("not-measured", "schema-not-compared");
  }

  @Test
  void aFailureBlocksAndStandsFirst() {
    Verdict verdict = judged(SampleReports.failing(), Map.of());

    assertThat(verdict.judgement()).isEqualTo(Judgement.BLOCKED);
    assertThat(verdict.reasons().getFirst()).satisfies(reason -> {
      assertThat(reason.id()).isEqualTo("migration-failed");
      assertThat(reason.weight()).isEqualTo(Weight.BLOCKS);
      assertThat(reason.where()).contains("V9__unique.sql:3");
    });
    assertThat(verdict.reasons()).extracting(Reason::id).contains("below-staging");
  }

  @Test
  void everyFindingOfARunHasItsReason() {
    assertThat(judged(SampleReports.ordinary(), Map.of()).reasons()).extracting(Reason::id).containsExactlyInAnyOrder(
        "lock-blocks-reads", "table-rewritten", "many-rows-changed", "object-removed", "lint/changing-column-type",
        "masked-constraint", "waited-for-lock", "not-transactional", "lint-silenced", "same-version", "same-table",
        "reindex-needed", "reindex-advised", "configuration-not-heeded", "runs-otherwise");
  }

  @Test
  void aLockThatIsShortEnoughIsNoReason() {
    ReportPolicy patient = new ReportPolicy(Map.of(), Duration.ofSeconds(3), 3_000_000);

    assertThat(Judge.verdict(SampleReports.ordinary(), patient).reasons()).extracting(Reason::id)
        .doesNotContain("lock-blocks-reads", "lock-blocks-writes", "many-rows-changed").contains("table-rewritten");
  }

  @Test
  void aLockOnATableThatTheMigrationMakesKeepsNobodyWaiting() {
    ReportPolicy strict = new ReportPolicy(Map.of(), Duration.ZERO, 100_000);

    assertThat(Judge.verdict(SampleReports.ordinary(), strict).reasons())
        .filteredOn(reason -> reason.id().startsWith("lock-")).extracting(Reason::text).isNotEmpty()
        .noneMatch(text -> text.contains("public.rates"));
  }

  @ParameterizedTest
  @EnumSource(value = ReportReason.class, names = {"TABLE_REWRITTEN", "SAME_TABLE", "OBJECT_REMOVED", "LINT"})
  void thePolicyDecidesWhatFollows(ReportReason reason) {
    Findings findings = SampleReports.ordinary();

    assertThat(judged(findings, Map.of(reason.id(), Consequence.BLOCK)).judgement()).isEqualTo(Judgement.BLOCKED);
    assertThat(judged(findings, Map.of(reason.id(), Consequence.IGNORE)).reasons()).extracting(Reason::id)
        .noneMatch(id -> id.equals(reason.id()) || id.startsWith(reason.id() + "/"));
    assertThat(judged(findings, Map.of(reason.id(), Consequence.NOTE)).reasons())
        .filteredOn(found -> found.id().split("/", -1)[0].equals(reason.id())).isNotEmpty()
        .allMatch(found -> found.weight() == Weight.NOTE);
  }

  @Test
  void aRuleOfTheLinterMayCountOtherwiseThanTheRest() {
    Map<String, Consequence> policy =
        Map.of("lint", Consequence.IGNORE, "lint/changing-column-type", Consequence.BLOCK);

    assertThat(judged(SampleReports.ordinary(), policy).reasons().getFirst().id())
        .isEqualTo("lint/changing-column-type");
  }

  @Test
  void notesAloneLetItPass() {
    Map<String, Consequence> policy = Map.of("lock-blocks-reads", Consequence.NOTE, "table-rewritten", Consequence.NOTE,
        "many-rows-changed", Consequence.NOTE, "object-removed", Consequence.NOTE, "lint", Consequence.NOTE,
        "masked-constraint", Consequence.NOTE, "reindex-needed", Consequence.NOTE, "runs-otherwise", Consequence.NOTE);

    assertThat(judged(SampleReports.ordinary(), policy).judgement()).isEqualTo(Judgement.PASS);
  }

  @Test
  void everyPartThatIsMissingIsUnderNotChecked() {
    assertThat(Unchecked.of(SampleReports.bare("feature/bare"))).extracting(NotChecked::id).contains(
        "schema", "locks", "lint", "collisions", "drift", "masking", "sizes", "production", "compatibility");
    assertThat(Unchecked.of(SampleReports.clean("feature/clean"))).extracting(NotChecked::id)
        .containsExactly("production", "drift-history", "compatibility", "privileges", "other-stores");
  }

  @Test
  void constraintsOverMaskedColumnsAreUnderNotChecked() {
    assertThat(Unchecked.of(SampleReports.ordinary())).extracting(NotChecked::what)
        .anyMatch(what -> what.contains("NOT NULL of currency") && what.contains("masked"));
    assertThat(Unchecked.of(SampleReports.failing())).extracting(NotChecked::id).contains("after-failure");
  }

  @Test
  void eachReasonHasAnIdThatIsFoundAgain() {
    assertThat(List.of(ReportReason.values())).allSatisfy(
        reason -> assertThat(ReportReason.of(reason.id())).contains(reason));
  }

  @Test
  void whatProductionsRowsRefuseBlocksThoughTheCloneTookIt() {
    Verdict verdict = judged(SampleReports.rehearsed(), Map.of());

    assertThat(verdict.judgement()).isEqualTo(Judgement.BLOCKED);
    assertThat(verdict.reasons().getFirst()).satisfies(reason -> {
      assertThat(reason.id()).isEqualTo("rehearsal-failed");
      assertThat(reason.text()).contains("214 rows are in the way");
      assertThat(reason.where()).contains("V9__unique.sql:3");
    });
    assertThat(verdict.summary()).contains("on Production's snapshot it fails");
    assertThat(judged(SampleReports.rehearsed(), Map.of("rehearsal-failed", Consequence.NOTE)).judgement())
        .isEqualTo(Judgement.NEEDS_DBA);
  }

  @Test
  void whatTheBranchsOwnFlywayFilesSayIsTold() {
    Findings told = SampleReports.clean("feature/settings").told(Part.present(Excerpt.all(List.of(
        new FlywaySetting("flyway.conf", "outOfOrder", "'true' is not heeded", FlywaySetting.Heed.NOT_HEEDED),
        new FlywaySetting("db/migration/V2__x.sql.conf", "executeInTransaction", "is heeded", FlywaySetting.Heed.HEEDED)))));
    Verdict verdict = judged(told, Map.of());
    assertThat(verdict.judgement()).isEqualTo(Judgement.PASS);
    assertThat(verdict.reasons()).extracting(Reason::id).containsExactly("configuration-not-heeded");
    assertThat(verdict.summary()).endsWith("; 1 setting of the branch's own Flyway files not heeded");

    Findings callback = told.told(Part.present(Excerpt.all(List.of(
        new FlywaySetting("db/migration/afterMigrate.sql", "", "is a callback", FlywaySetting.Heed.RUNS_OTHERWISE)))));
    assertThat(judged(callback, Map.of()).reasons()).extracting(Reason::id).containsExactly("runs-otherwise");
    assertThat(judged(callback, Map.of()).judgement()).isEqualTo(Judgement.NEEDS_DBA);
  }

  @Test
  void migrationsThatWereNotRehearsedNeverPassWhereAProductionIsConfigured() {
    Findings waiting = SampleReports.ordinary().with(Part.missing("it runs"), Part.missing("it runs"));
    Findings nothing = SampleReports.clean("feature/clean").with(Part.missing("it runs"), Part.missing("it runs"));

    assertThat(judged(waiting, Map.of()).reasons()).filteredOn(reason -> reason.id().equals("not-rehearsed")).singleElement()
        .satisfies(reason -> assertThat(reason.weight()).isEqualTo(Weight.NEEDS_DBA));
    assertThat(judged(SampleReports.ordinary(), Map.of()).reasons()).extracting(Reason::id).doesNotContain("not-rehearsed");
    assertThat(judged(nothing, Map.of()).reasons()).isEmpty();
    assertThat(judged(nothing, Map.of()).judgement()).isEqualTo(Judgement.PASS);
    assertThat(Judge.report(nothing, ReportPolicy.DEFAULT).notChecked()).anyMatch(one -> one.what().contains("it runs"));
  }

  @Test
  void whatItsOwnHistoryDoesNotMakeWasChangedInProductionByHand() {
    Findings clean = SampleReports.clean("feature/clean");
    Findings byHand = clean.withHistory(Optional.of(Part.present(SampleReports.changedByHand())));
    Findings edited = clean.withHistory(Optional.of(Part.present(SampleReports.edited("V2__a.sql was applied with another text"))));
    Findings unknown = clean.withHistory(Optional.of(Part.missing("its history begins with a baseline")));

    assertThat(judged(byHand, Map.of()).reasons()).singleElement().satisfies(reason -> {
      assertThat(reason.id()).isEqualTo("production-drift");
      assertThat(reason.text()).contains("its own history").contains("1 object differ");
    });
    assertThat(judged(byHand, Map.of()).judgement()).isEqualTo(Judgement.NEEDS_DBA);
    assertThat(judged(edited, Map.of()).reasons()).extracting(Reason::text).anyMatch(text -> text.contains("V2__a.sql was applied"));
    assertThat(judged(unknown, Map.of()).reasons()).isEmpty();
    assertThat(Unchecked.of(unknown)).extracting(NotChecked::what)
        .anyMatch(what -> what.startsWith("Whether Production's schema is what its own history makes") && what.contains("baseline"));
    assertThat(Unchecked.of(byHand)).extracting(NotChecked::id).doesNotContain("drift-production");
  }

  @Test
  void whatItsOwnHistoryDoesNotMakeOfStagingIsANoteSinceNoAuthorCanHelpIt() {
    Findings clean = SampleReports.clean("feature/clean");
    Findings byHand = clean.withStagingHistory(Part.present(SampleReports.changedByHand()));
    Findings unknown = clean.withStagingHistory(Part.missing("the repository has no branch main"));

    assertThat(judged(byHand, Map.of()).reasons()).singleElement().satisfies(reason -> {
      assertThat(reason.id()).isEqualTo("staging-drift");
      assertThat(reason.text()).startsWith("Staging's schema against what its own history makes");
    });
    assertThat(judged(byHand, Map.of()).judgement()).isEqualTo(Judgement.PASS);
    assertThat(judged(byHand, Map.of("staging-drift", Consequence.BLOCK)).judgement()).isEqualTo(Judgement.BLOCKED);
    assertThat(Unchecked.of(byHand)).extracting(NotChecked::id).doesNotContain("drift-history");
    assertThat(judged(unknown, Map.of()).reasons()).isEmpty();
    assertThat(Unchecked.of(unknown)).extracting(NotChecked::what)
        .anyMatch(what -> what.startsWith("Whether Staging's schema is what its own history makes") && what.contains("no branch main"));
  }

  @Test
  void constraintsOverMaskedColumnsOfProductionStandUnderNotChecked() {
    assertThat(Judge.report(SampleReports.rehearsed(), ReportPolicy.DEFAULT).notChecked()).extracting(one -> one.what())
        .anyMatch(what -> what.startsWith("Whether Production's real rows satisfy customers_email_key"));
  }
}
