package dev.offshoot.reporter.html;

import static dev.offshoot.reporter.html.Markup.attribute;
import static dev.offshoot.reporter.html.Markup.css;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Masking;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Rehearsal;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.Sizes;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.text.Figures;

/** What the pending migrations did to a copy of Production's snapshot, and how large that is beside the clone. */
final class ProductionSection {
  private static final int MOST_ROWS = 40;
  private static final int MOST_MIGRATIONS = 100;

  private final Markup page;

  ProductionSection(Markup page) {
    this.page = page;
  }

  void write(Findings findings) {
    findings.production().ifPresent(part -> {
      page.open("section").element("h2", "Rehearsal on Production's snapshot");
      switch (part) {
        case Part.Missing<Rehearsal>(String why) -> page.note("It was not tried: " + why);
        case Part.Present<Rehearsal>(Rehearsal rehearsal) -> rehearsal(rehearsal, findings);
      }
      page.close("section").line();
    });
  }

  private void rehearsal(Rehearsal rehearsal, Findings findings) {
    var snapshot = rehearsal.ground().snapshot();
    page.open("p").text("Snapshot ").code(snapshot.epoch().value())
        .text(snapshot.takenAt().map(at -> ", " + Figures.age(Duration.between(at, findings.header().at())) + " old").orElse("")
            + ", at commit ")
        .code(rehearsal.ground().commit().brief()).text(". The database is at ")
        .text(rehearsal.run().version().isEmpty() ? "no version" : "version ").code(rehearsal.run().version()).text(".").close("p");
    rehearsal.run().failure().ifPresent(failed -> {
      page.element("h3", "It fails", css("bad"));
      new WorkSections(page).stopped(failed);
    });
    rehearsal.run().changes().forEach(change -> page.note("Production's history: " + change.sentence()));
    page.element("h3", rehearsal.run().failure().isPresent() ? "What was applied before that" : "What was applied");
    applied(rehearsal.run().applied());
    switch (rehearsal.run().trial()) {
      case Part.Missing<Trial>(String why) -> page.note("It was not measured: " + why);
      case Part.Present<Trial>(Trial trial) -> new TrialSections(page).trial(trial);
    }
    page.element("h3", "Production's schema, before and after");
    switch (rehearsal.schema()) {
      case Part.Missing<SchemaDifference>(String why) -> page.note("It could not be compared: " + why);
      case Part.Present<SchemaDifference>(SchemaDifference difference) -> WorkSections.difference(page, difference);
    }
    sizes(rehearsal, findings);
    rehearsal.masking().found().map(Masking::constraints).ifPresent(constraints -> {
      constraints.items().forEach(one -> page.open("p", css("note")).text("Not checked, since masked: ").code(one.name()).text(" of ")
          .code(one.table()).text(" (").code(String.join(", ", one.columns())).text(")").close("p"));
      page.more(constraints.more());
    });
  }

  private void applied(List<AppliedMigration> applied) {
    if (applied.isEmpty()) {
      page.note("No migration was applied.");
    }
    page.open("ol");
    applied.stream().limit(MOST_MIGRATIONS).forEach(
        one -> page.open("li").code(one.script()).text(" " + Figures.time(one.took())).close("li"));
    page.close("ol").more(Math.max(0, applied.size() - MOST_MIGRATIONS));
  }

  /** Both sides of each table, so that a reader can judge what the clone's figures are worth. */
  private void sizes(Rehearsal rehearsal, Findings findings) {
    page.element("h3", "How large Production is");
    page.open("table", css("statements")).open("thead").open("tr");
    List.of("", "Production", "Staging's clone").forEach(name -> page.element("th", name, attribute("scope", "col")));
    page.close("tr").close("thead").open("tbody");
    row("database", bytes(rehearsal.sizes(), rehearsal.ground().snapshot().bytes()),
        bytes(findings.sizes(), findings.header().snapshot().bytes()));
    TreeSet<String> tables = new TreeSet<>();
    tables(rehearsal.sizes()).forEach(table -> tables.add(table.name()));
    tables(findings.sizes()).forEach(table -> tables.add(table.name()));
    tables.stream().limit(MOST_ROWS).forEach(name -> row(
        name, of(rehearsal.sizes(), name).orElse("none"), of(findings.sizes(), name).orElse("not touched there")));
    page.close("tbody").close("table").more(Math.max(0, tables.size() - MOST_ROWS));
  }

  private static String bytes(Part<Sizes> sizes, Optional<Long> snapshot) {
    return sizes.found().map(Sizes::database).or(() -> snapshot).map(Figures::bytes).orElse("not known");
  }

  private static List<Sizes.Table> tables(Part<Sizes> sizes) {
    return sizes.found().map(found -> found.tables().items()).orElse(List.of());
  }

  private static Optional<String> of(Part<Sizes> sizes, String name) {
    return tables(sizes).stream().filter(table -> table.name().equals(name)).findFirst()
        .map(table -> table.rows().map(rows -> "about " + Figures.count(rows) + " rows, ").orElse("") + Figures.bytes(table.bytes()));
  }

  private void row(String name, String production, String clone) {
    page.open("tr").open("td").code(name).close("td");
    page.element("td", production, css("number"), attribute("data-name", "Production"));
    page.element("td", clone, css("number"), attribute("data-name", "Staging's clone"));
    page.close("tr").line();
  }
}
