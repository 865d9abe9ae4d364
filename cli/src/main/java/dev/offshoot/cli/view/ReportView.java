package dev.offshoot.cli.view;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Judgement;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Header;

/**
 * A delta report as it is listed.
 *
 * @param judgement {@code pass}, {@code needs-dba} or {@code blocked}; empty where an older version wrote it
 * @param report its key in the blob store, without the ending
 */
public record ReportView(
    String environment, String branch, int incarnation, String commit, Optional<String> judgement, String verdict, Instant at,
    String report) {
  public static final Comparator<ReportView> ORDER =
      Comparator.comparing(ReportView::at).reversed().thenComparing(ReportView::environment);

  /** @param newest what the environment's state says of its newest report: a later writing does not change what is in it */
  public static ReportView of(String key, DeltaReport report, Optional<Report> newest) {
    Header header = report.findings().header();
    return new ReportView(header.environment(), header.branch(), header.subject().incarnation().number(),
        header.commit().orElse("-"), Optional.of(words(report.verdict().judgement())), report.verdict().summary(),
        newest.filter(known -> known.blob().equals(key)).map(Report::at).orElse(header.at()), key);
  }

  /** The newest of an environment that was not destroyed. */
  public static Optional<ReportView> of(EnvironmentState state) {
    return switch (state.phase()) {
      case DESTROYED -> Optional.empty();
      case REQUESTED, PROVISIONING, MIGRATING, READY, FAILED, EXPIRING -> state.report().map(report -> new ReportView(
          state.id().value(), state.presence().map(Presence::origin).map(origin -> origin.ref().branch()).orElse("-"),
          report.incarnation().number(), report.commit().id(), report.judgement().map(ReportView::words),
          report.verdict().orElse("-"), report.at(), report.blob()));
    };
  }

  public static String words(Judgement judgement) {
    return judgement.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static String table(List<ReportView> views) {
    Table table = new Table("ENVIRONMENT", "INCARNATION", "COMMIT", "VERDICT", "WRITTEN", "SUMMARY");
    for (ReportView view : views) {
      table.row(view.environment(), Integer.toString(view.incarnation()),
          Commit.isCommit(view.commit()) ? new Commit(view.commit()).brief() : "-", view.judgement().orElse("-"),
          Times.seconds(view.at()), cut(Harmless.line(view.verdict())));
    }
    return table.text();
  }

  private static String cut(String text) {
    int longest = 100;
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
  }
}
