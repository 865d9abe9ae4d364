package dev.offshoot.reporter.markdown;

import static dev.offshoot.reporter.markdown.Markdown.block;
import static dev.offshoot.reporter.markdown.Markdown.code;
import static dev.offshoot.reporter.markdown.Markdown.shortened;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.OffendingRows;
import dev.offshoot.evidence.RowCounts;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.reporter.model.Collision;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.FailedRun;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.FlywaySetting;
import dev.offshoot.reporter.model.Header;
import dev.offshoot.reporter.model.LintFinding;
import dev.offshoot.reporter.model.NotChecked;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.ReplayedHistory;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.model.Verdict;
import dev.offshoot.reporter.text.Figures;

/**
 * The report as a comment on a change: what matters first, details folded. At most {@value #LONGEST} characters, since git
 * hosts take no more than 65,536 (GitHub's limit of a comment).
 */
public final class MarkdownReport {
  static final int LONGEST = 60_000;
  private static final int ROOM_FOR_NOTES = 1_500;
  private static final int MOST_REASONS = 15;
  private static final int MOST_MIGRATIONS = 40;
  private static final int MOST_STATEMENTS = 60;
  static final int LONGEST_SQL = 6_000;

  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  public static String of(DeltaReport report) {
    MarkdownReport rendered = new MarkdownReport();
    Findings findings = report.findings();
    rendered.head(report);
    rendered.section("reasons", () -> rendered.reasons(report.verdict().reasons()));
    rendered.section("migrations", () -> rendered.migrations(findings.plan()));
    findings.failure().ifPresent(failed -> rendered.section("failure", () -> rendered.failure(failed)));
    rendered.section("trial run", () -> rendered.trial(findings.trial()));
    rendered.section("rehearsal", () -> ProductionMarkdown.lines(findings).forEach(rendered::line));
    rendered.section("lint", () -> rendered.lint(findings.lint()));
    rendered.section("schema", () -> DifferenceMarkdown.schema(findings.schema()).forEach(rendered::line));
    findings.search().ifPresent(search ->
        rendered.section("search index", () -> DifferenceMarkdown.search(search).forEach(rendered::line)));
    rendered.section("Flyway's configuration", () -> rendered.configuration(findings));
    rendered.section("other open branches", () -> rendered.collisions(findings.collisions()));
    findings.drift().found().ifPresent(drift -> rendered.section("drift", () -> ProductionMarkdown.drift(drift).forEach(rendered::line)));
    findings.stagingHistory().flatMap(Part::found).filter(ReplayedHistory::drifted).ifPresent(history ->
        rendered.section("history", () -> ProductionMarkdown.staging(history).forEach(rendered::line)));
    rendered.section("what was not checked", () -> rendered.notChecked(report.notChecked()));
    return rendered.text.toString();
  }

  /** A section that there is no room for is left out as a whole, since half of one may end inside code. */
  private void section(String name, Runnable writing) {
    int before = text.length();
    writing.run();
    if (text.length() > LONGEST - ROOM_FOR_NOTES) {
      text.setLength(before);
      line("The part on " + name + " is too long for here; the HTML report has it.");
      line("");
    }
  }

  private void head(DeltaReport report) {
    Header header = report.findings().header();
    line("# Delta report: " + words(report.verdict().judgement()));
    line("");
    line(code(report.verdict().summary()));
    line("");
    line("- Branch: " + code(header.branch()) + " of " + code(header.repository()) + " at "
        + header.commit().map(Markdown::code).orElse("none"));
    line("- Environment: " + code(header.environment()) + ", incarnation " + header.subject().incarnation());
    line("- Snapshot: " + code(header.snapshot().epoch().value())
        + header.snapshotAge().map(age -> ", " + Figures.age(age) + " old").orElse("")
        + header.snapshot().bytes().map(bytes -> ", " + Figures.bytes(bytes)).orElse(""));
    line("");
  }

  private static String words(Judgement judgement) {
    return switch (judgement) {
      case PASS -> "✅ pass";
      case NEEDS_DBA -> "🟠 needs a DBA";
      case BLOCKED -> "⛔ blocked";
    };
  }

  private void reasons(List<Verdict.Reason> reasons) {
    reasons.stream().limit(MOST_REASONS).forEach(reason -> line("- **" + switch (reason.weight()) {
      case BLOCKS -> "blocks";
      case NEEDS_DBA -> "DBA";
      case NOTE -> "note";
    } + "** " + code(reason.text()) + reason.where().map(where -> " at " + code(where)).orElse("")
        + " (" + code(reason.id()) + ")"));
    more(reasons.size() - MOST_REASONS);
    line("");
  }

  private void migrations(Plan plan) {
    line("## Migrations");
    line("");
    plan.history().rebuilt().ifPresent(why -> line("The environment was made anew: " + code(why) + "\n"));
    if (plan.migrations().isEmpty()) {
      line("None was applied.");
    }
    Excerpt<Plan.Migration> shown = plan.migrations().first(MOST_MIGRATIONS);
    for (Plan.Migration one : shown.items()) {
      line("1. " + code(one.script()) + (one.state() == Plan.State.FAILED ? ", failed" : ", " + Figures.time(one.took()))
          + (one.thisPush() ? "" : ", by an earlier push"));
    }
    more(shown.more());
    line("");
    line("The database is at "
        + (plan.history().version().isEmpty() ? "no version" : "version " + code(plan.history().version())) + ".");
    line("");
  }

  private void failure(FailedRun failed) {
    MigrationFailure failure = failed.failure();
    line("## Failure");
    line("");
    String place = failure.line().map(number -> ", line " + number).orElse("");
    failure.script().ifPresent(script -> line("- File: " + code(script) + place));
    failure.sqlState().ifPresent(state -> line("- SQLSTATE: " + code(state)));
    failed.statement().flatMap(statement -> statement.constraint())
        .ifPresent(constraint -> line("- Constraint: " + code(constraint)));
    failed.statement().flatMap(statement -> statement.rows()).ifPresent(this::rows);
    line("");
    text.append(block("text", shortened(failure.reason(), LONGEST_SQL))).append('\n');
    failure.statement().ifPresent(sql -> text.append(block("sql", shortened(sql, LONGEST_SQL))).append('\n'));
  }

  private void rows(OffendingRows rows) {
    line("- Rows in the way: " + (rows.more() ? "at least " : "") + Figures.count(rows.count()) + ", by "
        + code(String.join(", ", rows.columns())) + ". Keys, masked: "
        + String.join(", ", rows.keys().stream().limit(5).map(Markdown::code).toList()));
  }

  private void trial(Part<Trial> part) {
    Optional<Trial> trial = part.found();
    if (trial.isEmpty()) {
      return;
    }
    open("Trial run on the clone: " + (trial.get().statements().count() + trial.get().more()) + " statements, "
        + Figures.time(trial.get().took()));
    line("| statement | time | rows | strongest lock |");
    line("|---|---|---|---|");
    List<StatementEvidence> statements = trial.get().statements().toList();
    statements.stream().limit(MOST_STATEMENTS).forEach(this::statement);
    line("");
    more(Math.max(0, statements.size() - MOST_STATEMENTS) + trial.get().more());
    close();
  }

  private void statement(StatementEvidence one) {
    String lock = one.locking().locks().stream().filter(Lock::granted)
        .max(Comparator.comparing(Lock::mode).thenComparing(held -> held.span().took()))
        .map(held -> held.mode().words().toLowerCase(Locale.ROOT) + " " + cell(held.relation().name()) + " "
            + Figures.time(held.span().took())).orElse("");
    line("| " + cell(one.source().script() + ":" + one.source().line()) + " "
        + cell(shortened(one.source().sql().strip(), 80)) + " | " + Figures.time(one.execution().span().took()) + " | "
        + one.effects().rows().map(RowCounts::total).map(Figures::count).orElse("") + " | " + lock + " |");
  }

  /** A bar ends a cell even inside code, unless a backslash is before it (GitHub Flavored Markdown, "Tables"). */
  private static String cell(String text) {
    return code(text.replace("\\", "\\\\")).replace("|", "\\|");
  }

  private void lint(Part<Excerpt<LintFinding>> part) {
    part.found().filter(found -> !found.isEmpty()).ifPresent(found -> {
      open("Lint: " + DeltaReport.counted(found.total(), "finding"));
      Excerpt<LintFinding> shown = found.first(MOST_REASONS);
      shown.items().forEach(one -> line("- " + code(one.rule()) + " at " + code(one.script() + ":" + one.line()) + ": "
          + code(one.advice().title()) + one.weight().map(weight -> ", measured: " + code(weight)).orElse("")
          + one.silenced().map(reason -> ", silenced: " + code(reason)).orElse("")));
      more(shown.more());
      close();
    });
  }

  private void configuration(Findings findings) {
    findings.configuration().flatMap(Part::found).filter(found -> !found.isEmpty()).ifPresent(found -> {
      line("## Flyway's configuration");
      line("");
      line("The operator decides on it, not the branch. Of its own files:");
      line("");
      Excerpt<FlywaySetting> shown = found.first(MOST_REASONS);
      shown.items().forEach(one -> line("- " + code(one.file()) + (one.key().isEmpty() ? "" : ": " + code(one.key())) + " "
          + code(one.says())));
      more(shown.more());
      line("");
    });
  }

  private void collisions(Part<Excerpt<Collision>> part) {
    part.found().filter(found -> !found.isEmpty()).ifPresent(found -> {
      line("## Other open branches");
      line("");
      Excerpt<Collision> shown = found.first(MOST_REASONS);
      shown.items().forEach(one -> line("- " + switch (one.kind()) {
        case SAME_VERSION -> "Version ";
        case BELOW_STAGING -> "Not above Staging's newest: version ";
        case SAME_TABLE -> "Table ";
      } + code(one.what()) + one.with().map(other -> " is also in " + code(other.branch())).orElse("")));
      more(shown.more());
      line("");
    });
  }

  private void notChecked(List<NotChecked> all) {
    open("Not checked: " + DeltaReport.counted(all.size(), "thing"));
    all.forEach(one -> line("- " + code(one.what())));
    close();
  }

  private void open(String summary) {
    line("<details><summary>" + summary + "</summary>");
    line("");
  }

  private void close() {
    line("");
    line("</details>");
    line("");
  }

  private void more(int count) {
    Markdown.more(count).forEach(this::line);
  }

  private void line(String content) {
    text.append(content).append('\n');
  }
}
