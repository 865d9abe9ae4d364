package dev.offshoot.reporter.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.evidence.Aspect;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Masking;
import dev.offshoot.reporter.model.NotChecked;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Rehearsal;
import dev.offshoot.reporter.model.ReplayedHistory;
import dev.offshoot.reporter.model.Trial;
import dev.offshoot.reporter.text.Figures;

/** What was not checked: the parts that are missing, what masked data hides, and what is never looked at. */
final class Unchecked {
  private static final int MOST_GAPS = 30;
  /** Said in every report, until something looks. */
  private static final List<NotChecked> NEVER = List.of(
      new NotChecked("compatibility",
          "Compatibility: whether the running version of the application can live with the new schema"),
      new NotChecked("privileges", "Owners and privileges"));

  private Unchecked() {}

  static List<NotChecked> of(Findings findings) {
    List<NotChecked> all = new ArrayList<>();
    missing(all, "schema", "Schema: how it differs from the snapshot's", findings.schema());
    missing(all, "locks", "Locks, rewrites and rows of each statement", findings.trial());
    missing(all, "lint", "Lint: whether a rule speaks against a statement", findings.lint());
    missing(all, "collisions", "Collisions with other open branches", findings.collisions());
    production(all, findings);
    missing(all, "drift", "Drift: whether Production's schema is Staging's", findings.drift());
    history(all, "drift-history", "Staging",
        findings.stagingHistory().orElseGet(() -> Part.missing("what its history says was applied was not run again")));
    findings.history().ifPresent(part -> history(all, "drift-production", "Production", part));
    missing(all, "masking", "Masking: which constraints were tried on masked values only", findings.masking());
    missing(all, "sizes", "Sizes of the tables concerned", findings.sizes());
    findings.masking().found().ifPresent(masking -> masked(all, masking));
    findings.trial().found().ifPresent(trial -> gaps(all, trial));
    findings.schema().found().filter(schema -> !schema.remarks().isEmpty()).ifPresent(schema -> all.add(
        new NotChecked("schema", "What the schema comparison could not read: " + schema.remarks().size())));
    findings.failure().ifPresent(_ -> all.add(
        new NotChecked("after-failure", "Everything behind the statement that failed: it was not run")));
    all.addAll(NEVER);
    findings.search().ifPresent(search -> missing(all, "search", "Search index: whether its configuration changes, and needs a reindex",
        search));
    findings.configuration().ifPresent(told -> missing(all, "configuration", "Whether the branch's own files tell Flyway something else",
        told));
    all.add(findings.search().isPresent()
        ? new NotChecked("other-stores", "Redis: whether the change needs a flush; and how long a reindex takes")
        : new NotChecked("other-stores", "Search index and Redis: whether the change needs a reindex or a flush"));
    return all;
  }

  private static void history(List<NotChecked> all, String id, String place, Part<ReplayedHistory> history) {
    String what = "Whether " + place + "'s schema is what its own history makes of an empty database";
    missing(all, id, what, history);
    history.found().ifPresent(found -> missing(all, id, what, found.difference()));
  }

  private static void production(List<NotChecked> all, Findings findings) {
    Optional<Rehearsal> rehearsed = findings.rehearsed();
    if (rehearsed.isEmpty()) {
      String why = findings.production().flatMap(part -> switch (part) {
        case Part.Present<Rehearsal> _ -> Optional.<String>empty();
        case Part.Missing<Rehearsal>(String reason) -> Optional.of(" (" + reason + ")");
      }).orElse(" (no production is configured)");
      all.add(new NotChecked("production", "Production: nothing was run or compared there" + why
          + ". Times and locks are the clone's, on the clone's machine"));
      return;
    }
    Rehearsal rehearsal = rehearsed.get();
    all.add(new NotChecked("production", "Production itself: the migrations ran on a copy of its snapshot "
        + rehearsal.ground().snapshot().epoch() + ", alone, on the clone's machine. What was written since, and who works there at the"
        + " same time, is not in it"));
    rehearsal.masking().found().map(Masking::constraints).map(Excerpt::items).orElse(List.of()).forEach(constraint -> all.add(
        new NotChecked("masked-constraint", "Whether Production's real rows satisfy " + constraint.name() + " of " + constraint.table()
            + ": " + String.join(", ", constraint.columns()) + " is masked in its snapshot")));
    missing(all, "production-locks", "Locks, rewrites and rows of each statement on Production's snapshot", rehearsal.run().trial());
    missing(all, "production-schema", "How Production's schema changes", rehearsal.schema());
    missing(all, "production-masking", "Masking: which constraints were tried on masked values of Production only", rehearsal.masking());
    missing(all, "production-sizes", "Sizes of Production's tables", rehearsal.sizes());
    rehearsal.run().failure().ifPresent(_ -> all.add(new NotChecked("production-after-failure",
        "Everything behind the statement that failed on Production's snapshot: it was not run")));
  }

  private static <T> void missing(List<NotChecked> all, String id, String what, Part<T> part) {
    switch (part) {
      case Part.Present<T> _ -> { }
      case Part.Missing<T>(String why) -> all.add(new NotChecked(id, what + " (" + why + ")"));
    }
  }

  private static void gaps(List<NotChecked> all, Trial trial) {
    if (trial.more() > 0) {
      all.add(new NotChecked("locks", Figures.count(trial.more()) + " further statements are not in this report"));
    }
    Stream.concat(
            trial.runs().stream().flatMap(run -> run.measuring().gaps().stream()),
            trial.statements().flatMap(statement -> statement.gaps().stream()))
        .collect(Collectors.groupingBy(gap -> gap, LinkedHashMap::new, Collectors.counting()))
        .entrySet().stream().limit(MOST_GAPS)
        .forEach(gap -> all.add(new NotChecked("measurement",
            words(gap.getKey().aspect()) + " of " + gap.getValue() + " statements or runs: " + gap.getKey().why())));
  }

  private static String words(Aspect aspect) {
    String lower = aspect.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
  }

  private static void masked(List<NotChecked> all, Masking masking) {
    masking.constraints().items().forEach(constraint -> all.add(new NotChecked("masked-constraint",
        "Whether real rows satisfy " + constraint.name() + " of " + constraint.table() + ": "
            + String.join(", ", constraint.columns()) + " is masked in the snapshot")));
    if (!masking.columns().isEmpty()) {
      all.add(new NotChecked("masked-columns", "How migrations fare on the real values of "
          + Figures.count(masking.columns().total(), "masked column")));
    }
  }
}
