package dev.offshoot.reporter.html;

import static dev.offshoot.reporter.html.Markup.css;

import java.util.Locale;

import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.evidence.OffendingRows;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.reporter.model.FailedRun;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.text.Figures;

/** What is to be done: a failure first, then the plan, then what it makes of the schema. */
final class WorkSections {
  private static final int MOST_MIGRATIONS = 100;
  private static final int MOST_CHANGES = 300;
  private static final int LONGEST_SQL = 60_000;

  private final Markup page;

  WorkSections(Markup page) {
    this.page = page;
  }

  void write(Findings findings) {
    findings.failure().ifPresent(this::failure);
    plan(findings.plan());
    schema(findings.schema());
  }

  private void failure(FailedRun failed) {
    page.open("section", css("failure")).element("h2", "Failure");
    stopped(failed);
    page.close("section").line();
  }

  /** Where a run stopped, and what was in its way. */
  void stopped(FailedRun failed) {
    MigrationFailure failure = failed.failure();
    page.open("p").code(failure.script().orElse("")
        + failure.line().map(line -> ":" + line).orElse(""));
    failure.sqlState().ifPresent(state -> page.text(" SQLSTATE ").code(state));
    page.close("p").block(failure.reason(), 4_000);
    failure.statement().ifPresent(statement -> page.block(statement, LONGEST_SQL));
    failed.statement().ifPresent(this::statement);
  }

  private void statement(StatementFailure failure) {
    failure.constraint().ifPresent(constraint -> page.open("p").text("Constraint ").code(constraint)
        .text(failure.relation().isPresent() ? " of " : "").code(failure.relation().orElse("")).close("p"));
    failure.rows().ifPresent(this::rows);
  }

  private void rows(OffendingRows rows) {
    page.open("p").element("strong", (rows.more() ? "At least " : "") + Figures.count(rows.count()) + " rows")
        .text(" are in the way, by ").code(String.join(", ", rows.columns())).text(". Their keys, masked:").close("p");
    page.open("ul", css("keys"));
    rows.keys().stream().limit(20).forEach(key -> page.open("li").code(key).close("li"));
    page.close("ul").more(Math.max(0, rows.keys().size() - 20)).note(rows.method().words());
    rows.query().ifPresent(query -> page.open("details").element("summary", "The query that finds them")
        .block(query, LONGEST_SQL).close("details"));
  }

  private void plan(Plan plan) {
    page.open("section").element("h2", "Plan");
    plan.history().rebuilt().ifPresent(why -> page.open("p").text("The environment was made anew: ").text(why).close("p"));
    plan.history().changes().forEach(change -> page.note(change.sentence()));
    page.open("p").text("The database is at ");
    if (plan.history().version().isEmpty()) {
      page.text("no version");
    } else {
      page.text("version ").code(plan.history().version());
    }
    page.text(". What follows is what the branch adds to its snapshot, in the order it was run in.").close("p");
    if (plan.migrations().isEmpty()) {
      page.note("No migration.");
    }
    page.open("ol", css("plan"));
    plan.migrations().first(MOST_MIGRATIONS).items().forEach(this::migration);
    page.close("ol").more(plan.migrations().first(MOST_MIGRATIONS).more()).close("section").line();
  }

  private void migration(Plan.Migration one) {
    page.open("li").open("details").open("summary").code(one.script());
    page.element("span", switch (one.state()) {
      case APPLIED -> Figures.time(one.took()) + (one.thisPush() ? "" : ", earlier push");
      case FAILED -> "failed";
    }, css(one.state() == Plan.State.FAILED ? "tag bad" : "tag"));
    page.close("summary");
    one.sql().ifPresentOrElse(sql -> page.block(sql, LONGEST_SQL), () -> page.note("Its SQL could not be read."));
    page.close("details").close("li");
  }

  private void schema(Part<SchemaDifference> part) {
    page.open("section").element("h2", "Schema, compared with the snapshot");
    switch (part) {
      case Part.Missing<SchemaDifference>(String why) -> page.note("It could not be compared: " + why);
      case Part.Present<SchemaDifference>(SchemaDifference difference) -> difference(page, difference);
    }
    page.close("section").line();
  }

  static void difference(Markup page, SchemaDifference difference) {
    if (difference.changes().isEmpty()) {
      page.note("No difference.");
    }
    page.open("ul", css("changes"));
    difference.changes().first(MOST_CHANGES).items().forEach(change -> change(page, change));
    page.close("ul").more(difference.changes().first(MOST_CHANGES).more());
    if (!difference.sql().isEmpty()) {
      page.open("details").element("summary", "As SQL").block(difference.sql(), LONGEST_SQL).close("details");
    }
    difference.remarks().forEach(remark -> page.open("p", css("note")).text("Not understood: ").code(remark).close("p"));
  }

  private static void change(Markup page, SchemaDifference.Change change) {
    String word = change.kind().name().toLowerCase(Locale.ROOT);
    page.open("li", css(word)).element("span", word, css("mark"))
        .element("span", change.type().toLowerCase(Locale.ROOT).replace('_', ' '), css("type")).code(change.name())
        .close("li");
  }
}
