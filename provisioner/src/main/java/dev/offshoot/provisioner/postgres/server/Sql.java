package dev.offshoot.provisioner.postgres.server;

/** Quoting, for the statements that take no parameters. */
public final class Sql {
  private Sql() {
  }

  /** An identifier, exactly as given: case, spaces and quotes are kept. */
  public static String name(String identifier) {
    if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("An identifier has at least one character and no NUL");
    }
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A string constant; the same with and without standard_conforming_strings. */
  public static String text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A string has no NUL");
    }
    return (value.indexOf('\\') >= 0 ? " E'" : "'") + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
