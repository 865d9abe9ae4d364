package dev.offshoot.cli.view;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.NotChecked;
import dev.offshoot.reporter.model.Plan;

/**
 * What changed from one delta report of an environment to another; its JSON is what {@code report diff --json} prints.
 *
 * @param from the earlier commit
 */
public record ReportDifference(String from, String to, Verdicts verdict, List<Section> sections) {
  public ReportDifference {
    sections = List.copyOf(sections);
  }

  /** What each makes of its push. */
  public record Verdicts(String from, String to) {}

  /** One kind of things that a report lists. */
  public record Section(String name, List<String> gone, List<String> added) {
    public Section {
      gone = List.copyOf(gone);
      added = List.copyOf(added);
    }
  }

  public static ReportDifference between(DeltaReport from, DeltaReport to) {
    return new ReportDifference(from.findings().header().commit().orElse("-"), to.findings().header().commit().orElse("-"),
        new Verdicts(ReportView.words(from.verdict().judgement()), ReportView.words(to.verdict().judgement())),
        List.of(
            section("migrations", migrations(from), migrations(to)),
            section("reasons", reasons(from), reasons(to)),
            section("schema", schema(from), schema(to)),
            section("not checked", from.notChecked().stream().map(NotChecked::what), to.notChecked().stream().map(NotChecked::what))));
  }

  private static Section section(String name, Stream<String> before, Stream<String> after) {
    Set<String> old = before.collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> now = after.collect(Collectors.toCollection(LinkedHashSet::new));
    return new Section(name, old.stream().filter(one -> !now.contains(one)).toList(),
        now.stream().filter(one -> !old.contains(one)).toList());
  }

  private static Stream<String> migrations(DeltaReport report) {
    return report.findings().plan().migrations().items().stream()
        .map(one -> one.script() + (one.state() == Plan.State.FAILED ? " (failed)" : ""));
  }

  private static Stream<String> reasons(DeltaReport report) {
    return report.verdict().reasons().stream().map(reason -> reason.id()
        + reason.where().map(where -> " at " + where).orElse("") + ": " + reason.text());
  }

  private static Stream<String> schema(DeltaReport report) {
    return report.findings().schema().found().stream().flatMap(difference -> difference.changes().items().stream())
        .map(change -> change.kind().name().toLowerCase(Locale.ROOT) + " "
            + change.type().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + change.name());
  }

  /** For people: {@code -} before what is gone, {@code +} before what came. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(from + " .. " + to);
    lines.add("verdict: " + verdict.from() + (verdict.from().equals(verdict.to()) ? "" : " -> " + verdict.to()));
    for (Section section : sections) {
      if (!section.gone().isEmpty() || !section.added().isEmpty()) {
        lines.add(section.name());
        section.gone().forEach(one -> lines.add("  - " + Harmless.line(one)));
        section.added().forEach(one -> lines.add("  + " + Harmless.line(one)));
      }
    }
    if (lines.size() == 2) {
      lines.add("no difference");
    }
    return String.join("\n", lines);
  }
}
