package dev.offshoot.flyway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of Flyway's migration files: {@code V2__pages.sql} and {@code R__views.sql}, or {@code 2025/V3__orders.sql} in a sub-folder. A name
 * begins at the folder that migrations are read from; Flyway's history keeps it so, as {@code script}. The folder decides nothing about a
 * migration, but that Flyway looks into none whose name begins with a dot.
 */
public final class Migrations {
  private static final Pattern FILE = Pattern.compile("(?:V([0-9][0-9A-Za-z._]*?)|R)__[^/\\\\\\p{Cntrl}]+\\.sql");
  private static final Pattern HIDDEN = Pattern.compile("(?:.*/)?\\.[^/]*/.*", Pattern.DOTALL);

  private Migrations() {}

  /** Whether it is one that is applied. */
  public static boolean isMigration(String name) {
    return !isHidden(name) && FILE.matcher(file(name)).matches();
  }

  /** Whether a file of that name is one that configures such a migration. */
  public static boolean configuresOne(String name) {
    return name.endsWith(ScriptConfiguration.SUFFIX) && isMigration(configured(name));
  }

  /** The migration that such a file stands beside. */
  public static String configured(String name) {
    return name.substring(0, name.length() - ScriptConfiguration.SUFFIX.length());
  }

  /** Whether it lies in a folder that Flyway passes over. */
  public static boolean isHidden(String name) {
    return HIDDEN.matcher(name).matches();
  }

  /** Without the folders: what tells one migration from another. */
  public static String file(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Empty for a repeatable one, and for what is none. */
  public static Optional<String> version(String name) {
    Matcher parts = FILE.matcher(file(name));
    return parts.matches() ? Optional.ofNullable(parts.group(1)) : Optional.empty();
  }

  /** The words of the name, as Flyway shows them. */
  public static String description(String name) {
    String file = file(name);
    int start = file.indexOf("__");
    return start < 0 ? file : file.substring(start + 2).replaceFirst("\\.sql$", "").replace('_', ' ');
  }
}
