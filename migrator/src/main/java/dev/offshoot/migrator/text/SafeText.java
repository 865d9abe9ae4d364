package dev.offshoot.migrator.text;

/**
 * Texts that a branch had a say in, made fit for logs and events: bounded, and without characters that act instead of
 * being seen.
 */
public final class SafeText {
  private static final int LONGEST = 2_000;

  private SafeText() {}

  /** On one line. */
  public static String line(String text) {
    return escaped(text, false, LONGEST);
  }

  /** With its line breaks and tabs, for a statement. */
  public static String block(String text) {
    return block(text, LONGEST);
  }

  /** The same, cut at another length. */
  public static String block(String text, int longest) {
    return escaped(text, true, longest);
  }

  private static String escaped(String text, boolean keepBreaks, int longest) {
    StringBuilder safe = new StringBuilder();
    text.strip().codePoints().takeWhile(_ -> safe.length() < longest).forEach(c -> {
      if (isBreak(c) ? keepBreaks : !acts(c)) {
        safe.appendCodePoint(c);
      } else {
        safe.append(escape(c));
      }
    });
    return safe.length() < longest ? safe.toString() : cut(safe, longest);
  }

  private static String cut(StringBuilder text, int longest) {
    int end = Math.min(text.length(), longest - 1);
    int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    return text.substring(0, whole) + "…";
  }

  private static boolean isBreak(int c) {
    return c == '\n' || c == '\t';
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      default -> String.format("\\u{%x}", c);
    };
  }

  /** Controls, and formats such as those that reverse the direction of what follows. */
  private static boolean acts(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
