package dev.offshoot.migrator.flyway;

import java.util.regex.Pattern;

/** Who applied a migration: a role of the environment's, or whoever migrated Staging before the snapshot. */
final class Installer {
  private static final Pattern INCARNATION = Pattern.compile("_i\\d+$");

  private Installer() {}

  /** Whether it was this role, or that of an earlier incarnation of its environment, whose archive may have been restored. */
  static boolean isOurs(String installedBy, String role) {
    return INCARNATION.matcher(installedBy).replaceFirst("").equals(INCARNATION.matcher(role).replaceFirst(""));
  }
}
