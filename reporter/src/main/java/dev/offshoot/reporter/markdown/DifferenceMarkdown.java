package dev.offshoot.reporter.markdown;

import static dev.offshoot.reporter.markdown.Markdown.block;
import static dev.offshoot.reporter.markdown.Markdown.code;
import static dev.offshoot.reporter.markdown.Markdown.more;
import static dev.offshoot.reporter.markdown.Markdown.shortened;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.SearchDifference;

/** In what the environment differs from the snapshot it was made from. */
final class DifferenceMarkdown {
  private static final int MOST_CHANGES = 60;

  private DifferenceMarkdown() {}

  static List<String> schema(Part<SchemaDifference> part) {
    List<String> lines = new ArrayList<>(List.of("## Schema, compared with the snapshot", ""));
    switch (part) {
      case Part.Missing<SchemaDifference>(String why) -> lines.add("The schema could not be compared: " + code(why));
      case Part.Present<SchemaDifference>(SchemaDifference difference) -> schema(lines, difference);
    }
    lines.add("");
    return lines;
  }

  private static void schema(List<String> lines, SchemaDifference difference) {
    if (difference.changes().isEmpty()) {
      lines.add("No difference.");
    }
    Excerpt<SchemaDifference.Change> shown = difference.changes().first(MOST_CHANGES);
    shown.items().forEach(change -> lines.add("- " + change(change)));
    lines.addAll(more(shown.more()));
    if (!difference.sql().isEmpty()) {
      lines.addAll(List.of("", "<details><summary>As SQL</summary>", "",
          block("sql", shortened(difference.sql(), MarkdownReport.LONGEST_SQL)), "", "</details>", ""));
    }
    difference.remarks().forEach(remark -> lines.add("- Not understood: " + code(remark)));
  }

  /** {@code added: foreign key …}. */
  static String change(SchemaDifference.Change change) {
    return word(change.kind()) + ": " + change.type().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + code(change.name());
  }

  private static String word(SchemaDifference.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static List<String> search(Part<SearchDifference> part) {
    List<String> lines = new ArrayList<>(List.of("## Search index", ""));
    switch (part) {
      case Part.Missing<SearchDifference>(String why) -> lines.add("Its configuration was not compared: " + code(why));
      case Part.Present<SearchDifference>(SearchDifference difference) -> search(lines, difference);
    }
    lines.add("");
    return lines;
  }

  private static void search(List<String> lines, SearchDifference difference) {
    if (difference.files().isEmpty()) {
      lines.add("Its configuration is that of the branch which Staging is deployed from.");
      return;
    }
    lines.addAll(List.of(difference.needsReindex() ? "**A reindex is needed.**" : "No reindex is needed by Solr's rules.", ""));
    Excerpt<SearchDifference.Reindex> reindex = difference.reindex().first(MOST_CHANGES);
    reindex.items().forEach(one -> lines.add("- " + (one.need() == SearchDifference.Need.NEEDED ? "needed" : "advised")
        + ": " + code(one.subject()) + ": " + code(one.why())));
    lines.addAll(more(reindex.more()));
    lines.add("");
    Excerpt<SearchDifference.SchemaChange> schema = difference.schema().first(MOST_CHANGES);
    schema.items().forEach(change -> lines.add("- " + word(change.kind()) + " " + change.part()
        + (change.name().isEmpty() ? "" : " " + code(change.name())) + (change.how().isEmpty() ? "" : ": " + code(change.how()))));
    lines.addAll(more(schema.more()));
    lines.add("");
    lines.add("Files: " + difference.files().first(MOST_CHANGES).items().stream()
        .map(file -> code(file.path()) + " " + word(file.kind())).collect(Collectors.joining(", ")));
  }
}
