package dev.offshoot.reporter.verdict;

import java.time.Duration;
import java.util.List;

import dev.offshoot.reporter.model.DeltaReport;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.FlywaySetting;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.Plan;
import dev.offshoot.reporter.model.Rehearsal;
import dev.offshoot.reporter.model.SchemaDifference;

/** The report in one line. */
final class Summary {
  private Summary() {}

  static String of(Findings findings) {
    return staging(findings) + findings.rehearsed().map(rehearsal -> "; " + production(rehearsal.run())).orElse("")
        + configuration(findings);
  }

  /** Here too, since pull requests are told no notes. */
  private static String configuration(Findings findings) {
    long unheeded = findings.configuration().flatMap(Part::found).map(Excerpt::items).orElse(List.of()).stream()
        .filter(setting -> setting.heed() != FlywaySetting.Heed.HEEDED).count();
    return unheeded == 0 ? "" : "; " + DeltaReport.counted((int) unheeded, "setting") + " of the branch's own Flyway files not heeded";
  }

  private static String production(Rehearsal.Run run) {
    return run.failure().map(failed -> "on Production's snapshot it fails: " + failed.failure().summary())
        .orElseGet(() -> "on Production's snapshot " + DeltaReport.counted(run.applied().size(), "migration") + " applied");
  }

  private static String staging(Findings findings) {
    return findings.failure().map(failed -> "Failed: " + failed.failure().summary())
        .orElseGet(() -> "Migrated: " + DeltaReport.counted(findings.plan().ofThisPush().size(), "migration")
            + " applied in " + took(findings.plan()) + " ms; " + schema(findings.schema()));
  }

  private static long took(Plan plan) {
    return plan.ofThisPush().stream().map(Plan.Migration::took).reduce(Duration.ZERO, Duration::plus).toMillis();
  }

  private static String schema(Part<SchemaDifference> schema) {
    return switch (schema) {
      case Part.Missing<SchemaDifference> _ -> "the schema could not be compared";
      case Part.Present<SchemaDifference>(SchemaDifference difference) -> difference.changes().isEmpty()
          ? "the schema is the snapshot's"
          : "the schema differs from the snapshot's in " + DeltaReport.counted(difference.changes().total(), "object");
    };
  }
}
