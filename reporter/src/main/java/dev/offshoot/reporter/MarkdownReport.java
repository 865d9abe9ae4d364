package dev.offshoot.reporter;

import static dev.offshoot.reporter.markdown.Markdown.block;
import static dev.offshoot.reporter.markdown.Markdown.code;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import dev.offshoot.environment.AppliedMigration;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.reporter.markdown.Markdown;

/** The report as people read it. */
final class MarkdownReport {
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String of(DeltaReport report) {
    MarkdownReport rendered = new MarkdownReport();
    rendered.head(report);
    rendered.migrations(report.run());
    rendered.difference(report.difference());
    rendered.notChecked();
    return rendered.text.toString();
  }

  private void head(DeltaReport report) {
    line("# Delta report");
    line("");
    line(code(report.verdict()));
    line("");
    line("- Environment: " + code(report.subject().origin().environment().value())
        + ", incarnation " + report.subject().incarnation());
    line("- Repository: " + code(report.subject().origin().repository().value()));
    line("- Branch: " + code(report.subject().origin().ref().branch()));
    line("- Commit: " + report.subject().commit().map(Commit::id).map(Markdown::code).orElse("none"));
    line("- Snapshot: " + code(report.snapshot().epoch().value())
        + report.snapshot().takenAt().map(taken -> taken(taken, report.at())).orElse(", of an unknown time"));
    line("- Written: " + report.at().truncatedTo(ChronoUnit.SECONDS));
    line("");
  }

  private static String taken(Instant taken, Instant now) {
    return ", taken " + taken.truncatedTo(ChronoUnit.SECONDS) + " (" + age(Duration.between(taken, now)) + " old)";
  }

  static String age(Duration age) {
    long minutes = Math.max(0, age.toMinutes());
    if (minutes < 120) {
      return minutes + " min";
    }
    return minutes < 2 * 24 * 60 ? minutes / 60 + " h" : minutes / (24 * 60) + " days";
  }

  private void migrations(DeltaReport.Run run) {
    line("## Migrations of this push");
    line("");
    if (run.applied().isEmpty()) {
      line("None was applied.");
    }
    for (AppliedMigration one : run.applied()) {
      line("1. " + code(one.script()) + ", " + one.took().toMillis() + " ms");
    }
    line("");
    line("The database is at " + (run.version().isEmpty() ? "no version" : "version " + code(run.version())) + ".");
    line("");
    run.failure().ifPresent(this::failure);
  }

  private void failure(MigrationFailure failure) {
    line("## Failure");
    line("");
    String line = failure.line().map(number -> ", line " + number).orElse("");
    failure.script().ifPresent(script -> line("- File: " + code(script) + line));
    failure.sqlState().ifPresent(state -> line("- SQLSTATE: " + code(state)));
    line("");
    text.append(block("text", failure.reason())).append('\n');
    failure.statement().ifPresent(statement -> text.append(block("sql", statement)).append('\n'));
  }

  private void difference(SchemaDifference difference) {
    line("## Schema, compared with the snapshot");
    line("");
    switch (difference) {
      case SchemaDifference.NotCompared not -> line("The schema could not be compared: " + code(not.why()));
      case SchemaDifference.Compared compared -> compared(compared);
    }
    line("");
  }

  private void compared(SchemaDifference.Compared compared) {
    if (compared.changes().isEmpty()) {
      line("No difference.");
    }
    for (SchemaDifference.Change change : compared.changes()) {
      String type = change.type().toLowerCase(Locale.ROOT).replace('_', ' ');
      line("- " + change.kind().name().toLowerCase(Locale.ROOT) + ": " + type + " " + code(change.name()));
    }
    if (!compared.sql().isEmpty()) {
      line("");
      text.append(block("sql", compared.sql()));
    }
    compared.remarks().forEach(remark -> line("- Not understood: " + code(remark)));
  }

  private void notChecked() {
    line("## Not checked");
    line("");
    DeltaReport.NOT_CHECKED.forEach(what -> line("- " + what));
  }

  private void line(String content) {
    text.append(content).append('\n');
  }
}
