package dev.offshoot.wire;

/** A record that is no event of ours: it belongs to the dead letters. */
public final class UndecodableException extends Exception {
  private static final long serialVersionUID = 1L;

  UndecodableException(String message) {
    super(message);
  }

  UndecodableException(String message, Throwable cause) {
    super(message + ": " + firstLine(cause), cause);
  }

  private static String firstLine(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    String line = text.lines().findFirst().orElse("");
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }
}
