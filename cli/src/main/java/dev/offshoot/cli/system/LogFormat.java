package dev.offshoot.cli.system;

import java.util.Locale;

/** How lines of the log are written. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** One JSON object a line, for whoever collects them. */
  JSON;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
