package dev.offshoot.reporter.feedback.host;

/**
 * A comment that our account wrote.
 *
 * @param id of the host's own making; only for that host to read
 */
public record Comment(String id, String text) {

  /** Whether this is what it says, whatever the host did to the ends of lines. */
  public boolean says(String other) {
    return normal(text).equals(normal(other));
  }

  private static String normal(String text) {
    return text.replace("\r\n", "\n").strip();
  }
}
