package dev.offshoot.environment;

import java.util.Locale;

/** The facets of an environment's state; each has one writer. */
public enum FacetName {
  PRESENCE,
  STORES,
  BACKUPS,
  ACTIVITY,
  EPOCHS,
  SCHEMA,
  REPORT;

  /** The name as it stands in the key of {@code offshoot.state}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
