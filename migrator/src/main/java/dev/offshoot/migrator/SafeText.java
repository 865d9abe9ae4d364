package dev.offshoot.migrator;

/** Texts that a branch had a say in, made fit for logs and events: bounded, and without characters that act instead of being seen. */
final class SafeText {
  private static final int LONGEST = 2_000;

  private SafeText() {}

  /** On one line. */
  static String line(String text) {
    return escaped(text, false);
  }

  /** With its line breaks and tabs, for a statement. */
  static String block(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean keepBreaks) {
    StringBuilder safe = new StringBuilder();
    text.strip().codePoints().takeWhile(_ -> safe.length() < LONGEST).forEach(c -> {
      boolean kept = c == '\n' || c == '\t' ? keepBreaks : !acts(c);
      if (kept) {
        safe.appendCodePoint(c);
      } else {
        safe.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "\\r" : "\\u{%x}".formatted(c));
      }
    });
    return safe.length() < LONGEST ? safe.toString() : cut(safe);
  }

  private static String cut(StringBuilder text) {
    int end = Math.min(text.length(), LONGEST - 1);
    int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    return text.substring(0, whole) + "…";
  }

  /** Controls, and formats such as those that reverse the direction of what follows. */
  private static boolean acts(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
