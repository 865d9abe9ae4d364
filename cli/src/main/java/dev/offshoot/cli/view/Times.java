package dev.offshoot.cli.view;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time for people; JSON has them in full. */
public final class Times {
  private Times() {}

  /** Such as {@code 2026-11-21T23:26:17Z}. */
  public static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
