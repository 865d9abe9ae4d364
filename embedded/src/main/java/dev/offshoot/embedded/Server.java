package dev.offshoot.embedded;

import java.util.Locale;

/** The embedded servers. */
public enum Server {
  KAFKA, POSTGRES, REDIS, SOLR;

  /** As it is written in files and shown to people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
