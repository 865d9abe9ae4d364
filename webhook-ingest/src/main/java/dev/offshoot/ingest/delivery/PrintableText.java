package dev.offshoot.ingest.delivery;

/** Makes a stranger's text fit to be shown in a log line or an event. */
public final class PrintableText {

  private PrintableText() {}

  /**
   * At most so many characters, each one printable: controls, line ends, direction marks and broken surrogates
   * become '?'.
   */
  public static String of(String text, int maxCharacters) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(maxCharacters).forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '?'));
    return shown.toString();
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
