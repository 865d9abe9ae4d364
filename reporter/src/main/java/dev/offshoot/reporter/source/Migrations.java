package dev.offshoot.reporter.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of Flyway's migration files: {@code V2__pages.sql} and {@code R__views.sql}. */
public final class Migrations {
  private static final Pattern NAME =
      Pattern.compile("(?:V([0-9][0-9A-Za-z._]*?)|R)__[^/\\\\\\p{Cntrl}]+\\.sql");

  private Migrations() {}

  static boolean isMigration(String name) {
    return NAME.matcher(name).matches();
  }

  /** Empty for a repeatable one, and for what is none. */
  public static Optional<String> version(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches() ? Optional.ofNullable(parts.group(1)) : Optional.empty();
  }

  /** The words of the name, as Flyway shows them. */
  public static String description(String name) {
    int start = name.indexOf("__");
    return start < 0 ? name : name.substring(start + 2).replaceFirst("\\.sql$", "").replace('_', ' ');
  }
}
