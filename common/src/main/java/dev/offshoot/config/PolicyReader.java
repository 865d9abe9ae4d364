package dev.offshoot.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.config.ReportPolicy.Consequence;

/** Reads {@code report:} of a repository. */
final class PolicyReader {
  private static final int MOST_ROWS = 2_000_000_000;
  private static final Pattern RULE = Pattern.compile("lint/[a-z][a-z0-9-]{0,99}");

  private PolicyReader() {}

  static ReportPolicy read(Section report) {
    Map<String, Consequence> consequences = new LinkedHashMap<>();
    report.values("policy", "<reason>").forEach((reason, written) -> {
      if (ReportReason.of(reason).isEmpty() && !RULE.matcher(reason).matches()) {
        report.problem("policy." + reason, "is no reason of a report; write lint/RULE, or one of " + Stream.of(ReportReason.values())
            .map(ReportReason::id).collect(Collectors.joining(", ")));
      }
      Stream.of(Consequence.values()).filter(one -> Section.written(one).equals(written)).findFirst().ifPresentOrElse(
          consequence -> consequences.put(reason, consequence),
          () -> report.problem("policy." + reason, "must be ignore or note or needs-dba or block"));
    });
    ReportPolicy policy = new ReportPolicy(consequences,
        report.durationOrZero("lockLimit", ReportPolicy.DEFAULT.lockLimit()),
        report.number("rowLimit", Section.Range.of(1, MOST_ROWS, ReportPolicy.DEFAULT.rowLimit())));
    report.end();
    return policy;
  }
}
