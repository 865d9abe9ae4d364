package dev.offshoot.reporter.model;

import java.util.List;

/**
 * What a branch does to its database, and what a DBA should make of it.
 *
 * @param format {@value #FORMAT}
 * @param notChecked never empty
 */
public record DeltaReport(String format, Verdict verdict, Findings findings, List<NotChecked> notChecked) {
  public static final String FORMAT = "offshoot-delta-report/1";

  public DeltaReport {
    notChecked = List.copyOf(notChecked);
  }

  public DeltaReport(Verdict verdict, Findings findings, List<NotChecked> notChecked) {
    this(FORMAT, verdict, findings, notChecked);
  }

  public static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
