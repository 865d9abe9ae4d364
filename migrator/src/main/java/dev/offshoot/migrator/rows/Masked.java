package dev.offshoot.migrator.rows;

import dev.offshoot.migrator.text.SafeText;

/** Values of rows, as far as they may be shown. */
final class Masked {
  private Masked() {}

  /** The first character, and how many there are: enough to know a row again, not to read it. */
  static String of(String value) {
    if (value.isEmpty()) {
      return "''";
    }
    int characters = value.codePointCount(0, value.length());
    String first = SafeText.line(value.substring(0, value.offsetByCodePoints(0, 1)));
    return characters == 1 ? "… (1 character)" : first + "… (" + characters + " characters)";
  }
}
