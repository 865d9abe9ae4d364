package dev.offshoot.reporter.html;

import static dev.offshoot.reporter.html.Markup.attribute;
import static dev.offshoot.reporter.html.Markup.css;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.offshoot.evidence.Amount;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.Execution;
import dev.offshoot.evidence.Lock;
import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.RowCounts;
import dev.offshoot.evidence.StatementEvidence;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.LintFinding;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.text.Figures;

/** What was measured, and what the rules say of it. */
final class TrialSections {
  private static final int MOST_STATEMENTS = 250;
  private static final int MOST_FINDINGS = 200;
  private static final int LONGEST_SQL = 6_000;
  private static final int LONGEST_LINE = 110;

  private final Markup page;

  TrialSections(Markup page) {
    this.page = page;
  }

  void write(Findings findings) {
    page.open("section").element("h2", "Trial run on the clone");
    switch (findings.trial()) {
      case Part.Missing<Trial>(String why) -> page.note("It was not measured: " + why);
      case Part.Present<Trial>(Trial trial) -> trial(trial);
    }
    page.close("section").line();
    page.open("section").element("h2", "Lint");
    switch (findings.lint()) {
      case Part.Missing<Excerpt<LintFinding>>(String why) -> page.note("It was not looked at: " + why);
      case Part.Present<Excerpt<LintFinding>>(Excerpt<LintFinding> found) -> lint(found);
    }
    page.close("section").line();
  }

  /** The picture and the table of one database's run. */
  void trial(Trial trial) {
    page.open("figure");
    new LockTimeline(trial).draw(page);
    page.element("figcaption", "Locks over the time of the run. A lock is held until its transaction ends.")
        .close("figure");
    List<StatementEvidence> statements = trial.statements().toList();
    page.open("table", css("statements")).open("thead").open("tr");
    List.of("Statement", "Time", "Rows", "Strongest lock", "Rewritten", "WAL")
        .forEach(name -> page.element("th", name, attribute("scope", "col")));
    page.close("tr").close("thead").open("tbody");
    statements.stream().limit(MOST_STATEMENTS).forEach(this::statement);
    page.close("tbody").close("table");
    page.more(Math.max(0, statements.size() - MOST_STATEMENTS) + trial.more());
    methods(trial);
  }

  private void statement(StatementEvidence one) {
    page.open("tr").open("td", css("sql")).open("details").open("summary")
        .element("span", one.source().script() + ":" + one.source().line(), css("place"))
        .code(beginning(one.source().sql())).close("summary").block(one.source().sql(), LONGEST_SQL);
    one.locking().locks().stream().sorted(Comparator.comparing(Lock::mode).reversed()).limit(30).forEach(this::lock);
    one.locking().waits().stream().limit(20).forEach(wait -> page.note("Waited " + Figures.time(wait.took()) + " for "
        + wait.event() + (wait.behind().isEmpty() ? "" : ", behind " + wait.behind())));
    one.gaps().forEach(gap -> page.note("Not measured: "
        + gap.aspect().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", " + gap.why()));
    page.close("details");
    if (!one.execution().inTransaction()) {
      page.element("span", "no transaction", css("tag"));
    }
    if (one.execution().end() != Execution.End.SUCCEEDED) {
      page.element("span", one.execution().end().name().toLowerCase(Locale.ROOT), css("tag bad"));
    }
    page.close("td");
    cell("Time", Figures.time(one.execution().span().took()));
    cell("Rows", one.effects().rows().map(RowCounts::total).map(Figures::count).orElse(""));
    strongest(one);
    cell("Rewritten", one.effects().rewrites().isEmpty() ? "" : one.effects().rewrites().size()
        + (one.effects().rewrites().size() == 1 ? " file, " : " files, ")
        + Figures.bytes(one.effects().rewrites().stream().mapToLong(rewrite -> rewrite.bytes()).sum()));
    cell("WAL", one.effects().walBytes().map(Amount::value).map(Figures::bytes).orElse(""));
    page.close("tr").line();
  }

  private void strongest(StatementEvidence one) {
    Optional<Lock> strongest = one.locking().locks().stream().filter(Lock::granted)
        .max(Comparator.comparing(Lock::mode).thenComparing(lock -> lock.span().took()));
    page.open("td", css(strongest.isEmpty() ? "empty" : "lock"), attribute("data-name", "Strongest lock"));
    strongest.ifPresent(lock -> page.element("i", "", css("swatch " + LockTimeline.tone(lock.mode())))
            .text(lock.mode().words().toLowerCase(Locale.ROOT) + " ").code(lock.relation().name())
            .text(" " + Figures.time(lock.span().took())));
    page.close("td");
  }

  private void cell(String name, String value) {
    page.element("td", value, css(value.isEmpty() ? "number empty" : "number"), attribute("data-name", name));
  }

  private void lock(Lock lock) {
    page.open("p", css("note")).element("i", "", css("swatch " + LockTimeline.tone(lock.mode())))
        .text(lock.mode().words().toLowerCase(Locale.ROOT) + " on ").code(lock.relation().name())
        .text(lock.granted() ? " for " + Figures.time(lock.span().took()) : ", waited for").close("p");
  }

  private static String beginning(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…";
  }

  private void methods(Trial trial) {
    Set<Method> used = new TreeSet<>();
    trial.statements().forEach(one -> {
      one.locking().locks().forEach(lock -> used.add(lock.method()));
      one.locking().waits().forEach(wait -> used.add(wait.method()));
      one.effects().rows().ifPresent(rows -> used.add(rows.method()));
      one.effects().rewrites().forEach(rewrite -> used.add(rewrite.method()));
      one.effects().walBytes().ifPresent(wal -> used.add(wal.method()));
    });
    page.open("details").element("summary", "How it was measured").open("ul");
    used.forEach(method -> page.element("li", method.words()));
    Duration overhead = trial.runs().stream().map(run -> run.measuring().overhead())
        .reduce(Duration.ZERO, Duration::plus);
    page.element("li", "Measuring took " + Figures.time(overhead) + " besides; it is in no statement's time");
    trial.runs().stream().map(Evidence::measuring).map(measuring -> measuring.server()).distinct()
        .forEach(server -> page.element("li", "PostgreSQL " + server));
    page.close("ul").close("details");
  }

  private void lint(Excerpt<LintFinding> found) {
    if (found.isEmpty()) {
      page.note("No rule speaks against it.");
    }
    page.open("ul", css("lint"));
    found.first(MOST_FINDINGS).items().forEach(this::finding);
    page.close("ul").more(found.first(MOST_FINDINGS).more());
  }

  private void finding(LintFinding one) {
    page.open("li", css(one.silenced().isPresent() ? "silenced" : "")).open("p").element("strong", one.advice().title())
        .close("p").open("p", css("small")).code(one.rule()).text(" at ").code(one.script() + ":" + one.line())
        .close("p");
    one.weight().ifPresent(weight -> page.open("p").element("span", "Measured: " + weight, css("weight")).close("p"));
    page.element("p", one.advice().why());
    page.open("p").element("strong", "Instead: ").text(one.advice().instead()).close("p");
    one.silenced().ifPresent(reason -> page.note("Silenced in the file: " + reason));
    page.close("li");
  }
}
