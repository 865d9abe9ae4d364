package dev.offshoot.reporter.markdown;

import static dev.offshoot.reporter.markdown.Markdown.code;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.evidence.OffendingRows;
import dev.offshoot.evidence.StatementFailure;
import dev.offshoot.reporter.model.Drift;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Rehearsal;
import dev.offshoot.reporter.model.ReplayedHistory;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.Sizes;
import dev.offshoot.reporter.text.Figures;

/** The rehearsal on Production's snapshot, in a few lines. */
final class ProductionMarkdown {
  private static final int MOST_KEYS = 5;
  private static final int MOST_CHANGES = 20;

  private ProductionMarkdown() {}

  static List<String> lines(Findings findings) {
    return findings.production().map(part -> {
      List<String> lines = new ArrayList<>(List.of("## Rehearsal on Production's snapshot", ""));
      switch (part) {
        case Part.Missing<Rehearsal>(String why) -> lines.add("It was not tried: " + code(why));
        case Part.Present<Rehearsal>(Rehearsal rehearsal) -> rehearsal(lines, rehearsal, findings);
      }
      findings.history().ifPresent(history -> history(lines, "Production", history));
      lines.add("");
      return lines;
    }).orElse(new ArrayList<>());
  }

  /** What was changed in Staging by hand; of most branches nothing. */
  static List<String> staging(ReplayedHistory history) {
    List<String> lines = new ArrayList<>(List.of("## Staging against its own history"));
    history(lines, "Staging", Part.present(history));
    lines.add("");
    return lines;
  }

  private static void history(List<String> lines, String place, Part<ReplayedHistory> history) {
    String unknown = place + "'s schema was not held against its own history: ";
    lines.add("");
    switch (history) {
      case Part.Missing<ReplayedHistory>(String why) -> lines.add(unknown + code(why));
      case Part.Present<ReplayedHistory>(ReplayedHistory found) -> {
        found.changes().forEach(change -> lines.add("- " + place + "'s own history: " + code(change)));
        switch (found.difference()) {
          case Part.Missing<SchemaDifference>(String why) -> lines.add(unknown + code(why));
          case Part.Present<SchemaDifference>(SchemaDifference difference) -> changes(lines, place, difference);
        }
      }
    }
  }

  private static void changes(List<String> lines, String place, SchemaDifference difference) {
    lines.add(difference.changes().isEmpty() ? place + "'s schema is what its own history makes of an empty database."
        : "Changed in " + place + " by hand, since its own history does not make it:");
    difference.changes().first(MOST_CHANGES).items().forEach(change -> lines.add("- " + change.kind().name().toLowerCase(Locale.ROOT) + ": "
        + change.type().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + code(change.name())));
    int more = difference.changes().first(MOST_CHANGES).more();
    if (more > 0) {
      lines.add("- " + more + " more");
    }
  }

  private static void rehearsal(List<String> lines, Rehearsal rehearsal, Findings findings) {
    var snapshot = rehearsal.ground().snapshot();
    lines.add("- Snapshot: " + code(snapshot.epoch().value())
        + snapshot.takenAt().map(at -> ", " + Figures.age(Duration.between(at, findings.header().at())) + " old").orElse("")
        + ", " + bytes(rehearsal.sizes(), snapshot.bytes()) + "; Staging's clone has "
        + bytes(findings.sizes(), findings.header().snapshot().bytes()));
    Duration took = rehearsal.run().applied().stream().map(AppliedMigration::took).reduce(Duration.ZERO, Duration::plus);
    lines.add("- Applied: " + rehearsal.run().applied().size() + " migrations in " + Figures.time(took));
    rehearsal.run().changes().forEach(change -> lines.add("- Production's history: " + code(change.sentence())));
    rehearsal.run().failure().ifPresent(failed -> {
      lines.add("- Failed: " + code(failed.failure().reason()) + failed.failure().script().map(script -> " in " + code(script)).orElse(""));
      failed.statement().flatMap(StatementFailure::constraint).ifPresent(constraint -> lines.add("- Constraint: " + code(constraint)));
      failed.statement().flatMap(StatementFailure::rows).ifPresent(rows -> lines.add(rows(rows)));
    });
    rehearsal.masking().found().ifPresent(masking -> masking.constraints().items().forEach(one -> lines.add("- Not checked, since masked: "
        + code(one.name()) + " of " + code(one.table()))));
  }

  static List<String> drift(Drift drift) {
    List<String> lines = new ArrayList<>(List.of("## Drift", "", code(drift.comparison()), ""));
    Excerpt<SchemaDifference.Change> shown = drift.difference().changes().first(MOST_CHANGES);
    shown.items().forEach(change -> lines.add("- " + switch (change.kind()) {
      case ADDED -> "only in Production: ";
      case REMOVED -> "only in Staging: ";
      case CHANGED -> "not the same: ";
    } + change.type().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + code(change.name())));
    lines.add(shown.isEmpty() ? "No difference." : shown.more() == 0 ? "" : "\nand " + shown.more() + " more");
    lines.add("");
    return lines;
  }

  private static String rows(OffendingRows rows) {
    return "- Rows in the way: " + (rows.more() ? "at least " : "") + Figures.count(rows.count()) + ", by "
        + code(String.join(", ", rows.columns())) + ". Keys, masked: "
        + String.join(", ", rows.keys().stream().limit(MOST_KEYS).map(Markdown::code).toList());
  }

  private static String bytes(Part<Sizes> sizes, Optional<Long> snapshot) {
    return sizes.found().map(Sizes::database).or(() -> snapshot).map(Figures::bytes).orElse("of unknown size");
  }
}
