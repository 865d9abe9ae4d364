package dev.offshoot.reporter.lint;

/** A rule's name, such as {@code ban-drop-column}. */
public record RuleId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
