package dev.offshoot.reporter.html;

import static dev.offshoot.reporter.html.Markup.attribute;
import static dev.offshoot.reporter.html.Markup.css;

import java.util.List;

import dev.offshoot.reporter.model.Collision;
import dev.offshoot.reporter.model.Drift;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Masking;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.ReplayedHistory;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.Sizes;
import dev.offshoot.reporter.text.Figures;

/** What is around the branch: other branches, drift, what was masked, how large things are. */
final class SurroundingSections {
  private static final int MOST_ROWS = 40;

  private final Markup page;

  SurroundingSections(Markup page) {
    this.page = page;
  }

  void write(Findings findings) {
    page.open("section").element("h2", "Other open branches");
    switch (findings.collisions()) {
      case Part.Missing<Excerpt<Collision>>(String why) -> page.note("It was not looked at: " + why);
      case Part.Present<Excerpt<Collision>>(Excerpt<Collision> found) -> collisions(found);
    }
    page.close("section").line().open("section").element("h2", "Drift");
    switch (findings.drift()) {
      case Part.Missing<Drift>(String why) -> page.note("It was not looked for: " + why);
      case Part.Present<Drift>(Drift drift) -> {
        page.element("p", drift.comparison());
        if (!drift.difference().changes().isEmpty()) {
          page.note("Added is what Production has and Staging has not; removed is what only Staging has.");
        }
        WorkSections.difference(page, drift.difference());
      }
    }
    findings.history().ifPresent(part -> history("Production", part));
    findings.stagingHistory().ifPresent(part -> history("Staging", part));
    page.close("section").line().open("section").element("h2", "Masking");
    switch (findings.masking()) {
      case Part.Missing<Masking>(String why) -> page.note("It is not known: " + why);
      case Part.Present<Masking>(Masking masking) -> masking(masking);
    }
    page.close("section").line().open("section").element("h2", "Sizes");
    switch (findings.sizes()) {
      case Part.Missing<Sizes>(String why) -> page.note("They were not measured: " + why);
      case Part.Present<Sizes>(Sizes sizes) -> sizes(sizes);
    }
    page.close("section").line();
  }

  private void history(String place, Part<ReplayedHistory> history) {
    page.element("h3", place + " against its own history");
    switch (history) {
      case Part.Missing<ReplayedHistory>(String why) -> page.note("It was not looked for: " + why);
      case Part.Present<ReplayedHistory>(ReplayedHistory found) -> {
        page.element("p", found.comparison(place));
        page.open("ul");
        found.changes().forEach(change -> page.open("li").text(change).close("li"));
        page.close("ul");
        switch (found.difference()) {
          case Part.Missing<SchemaDifference>(String why) -> page.note("The schemas were not compared: " + why);
          case Part.Present<SchemaDifference>(SchemaDifference difference) -> WorkSections.difference(page, difference);
        }
      }
    }
  }

  private void collisions(Excerpt<Collision> found) {
    if (found.isEmpty()) {
      page.note("None has one of these versions or changes one of these tables.");
    }
    page.open("ul");
    found.first(MOST_ROWS).items().forEach(collision -> {
      page.open("li").text(switch (collision.kind()) {
        case SAME_VERSION -> "Version ";
        case BELOW_STAGING -> "Not above Staging's newest: version ";
        case SAME_TABLE -> "Table ";
      }).code(collision.what());
      collision.with().ifPresent(other -> page.text(" is also in ").code(other.branch()));
      page.close("li");
    });
    page.close("ul").more(found.first(MOST_ROWS).more());
  }

  private void masking(Masking masking) {
    if (masking.columns().isEmpty()) {
      page.note("Nothing is masked in the snapshot.");
      return;
    }
    masking.constraints().items().forEach(one -> page.open("p").code(one.name()).text(" of ").code(one.table())
        .text(" was tried on masked values only: ").code(String.join(", ", one.columns())).close("p"));
    page.more(masking.constraints().more());
    page.open("details").element("summary", Figures.count(masking.columns().total(), "masked column")).open("ul", css("keys"));
    masking.columns().items().forEach(column -> page.open("li").code(column).close("li"));
    page.close("ul").more(masking.columns().more()).close("details");
  }

  private void sizes(Sizes sizes) {
    page.element("p", "The clone has " + Figures.bytes(sizes.database()) + ". Compare these tables with Production's:");
    List<Sizes.Table> tables = sizes.tables().first(MOST_ROWS).items();
    long largest = tables.stream().mapToLong(Sizes.Table::bytes).max().orElse(1);
    page.open("ul", css("sizes"));
    tables.forEach(table -> page.open("li").code(table.name())
        .element("span", table.rows().map(rows -> "about " + Figures.count(rows) + " rows, ").orElse("")
            + Figures.bytes(table.bytes()))
        .open("svg", attribute("width", "100%"), attribute("height", "6"), attribute("aria-hidden", "true"))
        .open("rect", css("bar size"), attribute("height", "6"), attribute("rx", "3"),
            attribute("width", Math.max(1, 100 * table.bytes() / Math.max(1, largest)) + "%")).close("rect")
        .close("svg").close("li"));
    page.close("ul").more(sizes.tables().first(MOST_ROWS).more());
  }
}
