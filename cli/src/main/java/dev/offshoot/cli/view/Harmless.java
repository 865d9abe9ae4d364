package dev.offshoot.cli.view;

import java.util.regex.Pattern;

/** Text that a stranger wrote, made fit for a terminal. */
public final class Harmless {
  /** Control characters, and those that hide or turn round what follows. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\u2028\\u2029]");

  private Harmless() {}

  /** On one line. */
  public static String line(String text) {
    return UNSEEN.matcher(text).replaceAll("\uFFFD");
  }

  /** With its line breaks and tabs. */
  public static String block(String text) {
    return Pattern.compile("[\\p{Cntrl}\\p{Cf}&&[^\\n\\t]]").matcher(text).replaceAll("\uFFFD");
  }
}
