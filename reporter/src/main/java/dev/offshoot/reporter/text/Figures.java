package dev.offshoot.reporter.text;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them: two or three digits that count, and a unit. */
public final class Figures {
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Figures() {}

  public static String time(Duration time) {
    double millis = time.toNanos() / 1e6;
    if (millis < 10) {
      return format("%.1f ms", millis);
    }
    if (millis < 999.5) {
      return format("%.0f ms", millis);
    }
    if (millis < 59_950) {
      return format(millis < 9_995 ? "%.2f s" : "%.1f s", millis / 1000);
    }
    return time.toHours() > 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toMinutes() + " min " + time.toSecondsPart() + " s";
  }

  public static String bytes(long bytes) {
    double value = Math.abs((double) bytes);
    int unit = 0;
    while (value >= 1023.5 && unit < BYTES.length - 1) {
      value /= 1024;
      unit++;
    }
    String sign = bytes < 0 ? "−" : "";
    return sign + format(unit == 0 || value >= 99.95 ? "%.0f " : "%.1f ", value) + BYTES[unit];
  }

  public static String count(long count) {
    return format("%,d", count);
  }

  /** @param noun of one of them */
  public static String count(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  public static String age(Duration age) {
    long minutes = Math.max(0, age.toMinutes());
    if (minutes < 120) {
      return minutes + " min";
    }
    return minutes < 2 * 24 * 60 ? minutes / 60 + " h" : minutes / (24 * 60) + " days";
  }

  private static String format(String pattern, Object value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
