package dev.offshoot.reporter.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows characters that would act on the text around them, such as those that turn its direction. */
public final class Visible {
  private static final Pattern ACTING = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029&&[^\\n\\t]]");

  private Visible() {}

  public static String of(String text) {
    return ACTING.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(String.format("\\u{%x}", found.group().codePointAt(0))));
  }
}
