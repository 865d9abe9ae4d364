package dev.offshoot.cli.view;

import java.util.List;
import java.util.Locale;

/** Amounts of bytes for people; JSON has them in full. */
public final class Sizes {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private Sizes() {}

  /** Such as {@code 8.2 MiB}. */
  public static String of(long bytes) {
    double left = bytes;
    int unit = 0;
    while (left >= 1024 && unit < UNITS.size() - 1) {
      left /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", left, UNITS.get(unit));
  }
}
