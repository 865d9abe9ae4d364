package dev.offshoot.reporter.markdown;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quotes text of strangers in Markdown. Inside code nothing is interpreted: no HTML, no link, no mention of a person;
 * so all of it goes into code whose fence is longer than any run of backticks in it (CommonMark, "Code spans" and
 * "Fenced code blocks").
 */
public final class Markdown {
  private static final Pattern BACKTICKS = Pattern.compile("`+");
  private static final Pattern ACTING = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029&&[^\\n\\t]]");

  private Markdown() {}

  /** On one line. */
  public static String code(String text) {
    String line = visible(text).replaceAll("[\\n\\t]+", " ");
    String fence = "`".repeat(longestRun(line) + 1);
    // one space on each side is taken off again, and keeps a backtick at the edge apart from the fence
    return fence + " " + (line.isBlank() ? "(empty)" : line) + " " + fence;
  }

  /** On one line, and cut so that what is written is at most half as long again and ten, however much it grows when it is quoted. */
  public static String code(String text, int most) {
    int length = most;
    String written = code(cut(text, length));
    while (written.length() > most + most / 2 + 10 && length > 1) {
      length /= 2;
      written = code(cut(text, length));
    }
    return written;
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /** As a block of its own. */
  public static String block(String language, String text) {
    String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    return fence + language + "\n" + visible(text) + "\n" + fence + "\n";
  }

  /** For a block: what is cut says so on a line of its own. */
  static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "\n… cut";
  }

  /** The last item of a list that is not shown whole. */
  static List<String> more(int count) {
    return count > 0 ? List.of("- " + count + " more") : List.of();
  }

  private static String visible(String text) {
    return ACTING.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(String.format("\\u{%x}", found.group().codePointAt(0))));
  }

  private static int longestRun(String text) {
    return BACKTICKS.matcher(text).results().mapToInt(run -> run.group().length()).max().orElse(0);
  }
}
