package dev.offshoot.reporter.html;

import static dev.offshoot.reporter.html.Markup.css;

import java.util.Locale;

import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.SearchDifference;
import dev.offshoot.reporter.model.SearchDifference.Need;

/** What the branch's config set makes of the search index. */
final class SearchSection {
  private static final int MOST_ROWS = 100;
  private static final int LONGEST_DIFF = 60_000;

  private final Markup page;

  SearchSection(Markup page) {
    this.page = page;
  }

  void write(Part<SearchDifference> search) {
    page.open("section").element("h2", "Search index");
    switch (search) {
      case Part.Missing<SearchDifference>(String why) -> page.note("Its configuration was not compared: " + why);
      case Part.Present<SearchDifference>(SearchDifference difference) -> difference(difference);
    }
    page.close("section").line();
  }

  private void difference(SearchDifference difference) {
    if (difference.files().isEmpty()) {
      page.note("Its configuration is that of the branch which Staging is deployed from.");
      return;
    }
    page.open("p").element("strong", difference.needsReindex() ? "A reindex is needed." : "No reindex is needed by Solr's rules.").close("p");
    page.open("ul", css("reasons"));
    difference.reindex().first(MOST_ROWS).items().forEach(this::reindex);
    page.close("ul").more(difference.reindex().first(MOST_ROWS).more());
    page.open("ul");
    difference.schema().first(MOST_ROWS).items().forEach(change -> {
      page.open("li").text(change.kind().name().toLowerCase(Locale.ROOT) + " " + change.part() + " ").code(change.name());
      if (!change.how().isEmpty()) {
        page.text(": ").code(change.how());
      }
      page.close("li");
    });
    page.close("ul").more(difference.schema().first(MOST_ROWS).more());
    page.open("p").text("Files: ");
    difference.files().first(MOST_ROWS).items().forEach(file ->
        page.code(file.path()).text(" " + file.kind().name().toLowerCase(Locale.ROOT) + " "));
    page.close("p");
    if (!difference.ignored().isEmpty()) {
      page.note("Passed over, since no config set may have them: " + String.join(", ", difference.ignored()));
    }
    if (!difference.diff().isEmpty()) {
      page.open("details").element("summary", "Difference of the files").block(difference.diff(), LONGEST_DIFF).close("details");
    }
  }

  private void reindex(SearchDifference.Reindex one) {
    boolean needed = one.need() == Need.NEEDED;
    page.open("li", css(needed ? "dba" : "note-mark")).element("span", needed ? "needed" : "advised", css("mark"))
        .open("div").open("p").code(one.subject()).text(": " + one.why()).close("p").close("div").close("li");
  }
}
