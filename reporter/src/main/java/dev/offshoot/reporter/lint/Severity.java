package dev.offshoot.reporter.lint;

import java.util.Locale;

/** How much a finding weighs by itself; a repository's policy may see it otherwise. In rising order. */
public enum Severity {
  /** Worth knowing. */
  WARN,
  /** Somebody who knows Production has to look: locks, rewrites, lost data, broken clients. */
  NEEDS_DBA,
  /** It fails, or does not do what it says. */
  BLOCKED;

  /** As people and programs read it: {@code needs-dba}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
