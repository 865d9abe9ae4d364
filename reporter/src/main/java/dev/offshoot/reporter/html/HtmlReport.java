package dev.offshoot.reporter.html;

import static dev.offshoot.reporter.html.Markup.attribute;
import static dev.offshoot.reporter.html.Markup.css;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import dev.offshoot.environment.Judgement;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Header;
import dev.offshoot.reporter.model.NotChecked;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Verdict;
import dev.offshoot.reporter.text.Figures;

/** The report as a page. */
public final class HtmlReport {
  private static final int MOST_REASONS = 60;

  private final Markup page = new Markup();

  private HtmlReport() {}

  public static String of(DeltaReport report) {
    HtmlReport rendered = new HtmlReport();
    rendered.page(report);
    return rendered.page.toString();
  }

  private void page(DeltaReport report) {
    Findings findings = report.findings();
    page.trusted(List.of("<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\"/>",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
        "<meta name=\"color-scheme\" content=\"light dark\"/>"));
    page.element("title", words(report.verdict().judgement()) + ": " + findings.header().branch()).line();
    page.trusted(List.of("<style>", style(), "</style>", "</head>", "<body>"));
    page.open("main");
    head(report);
    KeyFigures.of(findings, page);
    reasons(report.verdict());
    new WorkSections(page).write(findings);
    new TrialSections(page).write(findings);
    findings.search().ifPresent(new SearchSection(page)::write);
    new ProductionSection(page).write(findings);
    findings.configuration().flatMap(Part::found).ifPresent(new ConfigurationSection(page)::write);
    new SurroundingSections(page).write(findings);
    notChecked(report.notChecked());
    foot(report);
    page.close("main").trusted(List.of("</body>", "</html>"));
  }

  private void head(DeltaReport report) {
    Header header = report.findings().header();
    Judgement judgement = report.verdict().judgement();
    page.open("header", css("verdict " + tone(judgement)));
    page.open("p", css("stamp")).element("span", sign(judgement), css("sign"), attribute("aria-hidden", "true"))
        .text(words(judgement)).close("p");
    page.element("h1", header.branch());
    page.element("p", report.verdict().summary(), css("summary"));
    page.open("dl", css("facts"));
    fact("Repository", header.repository());
    fact("Commit", header.commit().orElse("none"));
    fact("Environment", header.environment() + ", incarnation " + header.subject().incarnation());
    fact("Snapshot", header.snapshot().epoch().value()
        + header.snapshotAge().map(age -> ", " + Figures.age(age) + " old").orElse("")
        + header.snapshot().bytes().map(bytes -> ", " + Figures.bytes(bytes)).orElse(""));
    fact("Written", header.at().truncatedTo(ChronoUnit.SECONDS).toString());
    page.close("dl").close("header").line();
  }

  private void fact(String name, String value) {
    page.open("div").element("dt", name).open("dd").code(value).close("dd").close("div");
  }

  static String words(Judgement judgement) {
    return switch (judgement) {
      case PASS -> "Pass";
      case NEEDS_DBA -> "Needs a DBA";
      case BLOCKED -> "Blocked";
    };
  }

  private static String tone(Judgement judgement) {
    return switch (judgement) {
      case PASS -> "pass";
      case NEEDS_DBA -> "dba";
      case BLOCKED -> "blocked";
    };
  }

  private static String sign(Judgement judgement) {
    return switch (judgement) {
      case PASS -> "✓";
      case NEEDS_DBA -> "!";
      case BLOCKED -> "✕";
    };
  }

  private void reasons(Verdict verdict) {
    page.open("section").element("h2", "Why");
    if (verdict.reasons().isEmpty()) {
      page.note("Nothing speaks against it. See also what was not checked.");
    }
    page.open("ul", css("reasons"));
    verdict.reasons().stream().limit(MOST_REASONS).forEach(this::reason);
    page.close("ul").more(Math.max(0, verdict.reasons().size() - MOST_REASONS)).close("section").line();
  }

  private void reason(Verdict.Reason reason) {
    String tone = switch (reason.weight()) {
      case BLOCKS -> "blocked";
      case NEEDS_DBA -> "dba";
      case NOTE -> "note-mark";
    };
    String word = switch (reason.weight()) {
      case BLOCKS -> "blocks";
      case NEEDS_DBA -> "DBA";
      case NOTE -> "note";
    };
    page.open("li", css(tone)).element("span", word, css("mark")).open("div")
        .element("p", reason.text()).open("p", css("small")).code(reason.id());
    reason.where().ifPresent(where -> page.text(" at ").code(where));
    page.close("p").close("div").close("li");
  }

  private void notChecked(List<NotChecked> all) {
    page.open("section", css("unchecked")).element("h2", "Not checked");
    page.open("ul");
    all.forEach(one -> page.element("li", one.what()));
    page.close("ul").close("section").line();
  }

  private void foot(DeltaReport report) {
    page.open("footer").open("p").text("Offshoot delta report, format ").code(report.format());
    report.findings().plan().contentHash().ifPresent(hash -> page.text(". Content ").code(hash));
    page.text(". Figures were measured on a clone of the snapshot, on its machine. They promise nothing about Production.")
        .close("p").close("footer");
  }

  /** It stands in this package, so nothing of it is a stranger's. */
  private static String style() {
    try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"), "report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
