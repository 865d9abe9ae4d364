package dev.offshoot.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Subject;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Header;
import dev.offshoot.reporter.model.NotChecked;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.Verdict;

class ReportDifferenceTest {

  private static DeltaReport report(String commit, Judgement judgement, List<String> tables, String... scripts) {
    Subject subject = new Subject(Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("feature/x")),
        Incarnation.FIRST, Optional.of(new Commit(commit.repeat(40))));
    Header header = new Header(subject, new Header.Snapshot(new EpochId("e261121093000000"), Optional.empty(),
        Optional.empty()), Instant.parse("2026-11-21T12:31:00Z"));
    Plan plan = new Plan(new Plan.History("2", Optional.empty(), List.of()), Excerpt.all(Stream.of(scripts)
        .map(script -> new Plan.Migration("2", "x", script, Plan.State.APPLIED, Duration.ZERO, Optional.empty(), true))
        .toList()), Optional.empty());
    SchemaDifference schema = new SchemaDifference(Excerpt.all(tables.stream()
        .map(table -> new SchemaDifference.Change(SchemaDifference.Kind.ADDED, "TABLE", table)).toList()), "", List.of());
    return new DeltaReport(new Verdict(judgement, List.of(), "x"), new Findings(header, plan, Part.present(schema),
        Part.missing("x"), Optional.empty(), Part.missing("x"), Part.missing("x"), Part.missing("x"), Part.missing("x"),
        Part.missing("x")), List.of(new NotChecked("drift", "Drift")));
  }

  @Test
  void whatIsGoneAndWhatCameIsSaidAndWhatStayedIsNot() {
    ReportDifference difference = ReportDifference.between(
        report("a", Judgement.PASS, List.of("public.pages", "public.old"), "V2__pages.sql"),
        report("b", Judgement.NEEDS_DBA, List.of("public.pages", "public.x\u001b[2J"), "V2__pages.sql", "V3__x.sql"));

    assertThat(difference.text().lines()).containsExactly("a".repeat(40) + " .. " + "b".repeat(40),
        "verdict: pass -> needs-dba", "migrations", "  + V3__x.sql", "schema", "  - added table public.old",
        "  + added table public.x\uFFFD[2J");
    assertThat(difference.sections()).extracting(ReportDifference.Section::name)
        .containsExactly("migrations", "reasons", "schema", "not checked");
  }

  @Test
  void aReportDoesNotDifferFromItself() {
    DeltaReport one = report("a", Judgement.PASS, List.of("public.pages"), "V2__pages.sql");

    assertThat(ReportDifference.between(one, one).text()).endsWith("no difference");
  }
}
