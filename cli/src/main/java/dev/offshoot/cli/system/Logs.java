package dev.offshoot.cli.system;

import java.nio.file.Path;
import java.util.logging.LogManager;

/** Where this process writes its log. To be called before the first logger is made. */
public final class Logs {
  private static final String FILE_PROPERTY = "offshoot.log.file";

  private static final String EVENTS_PROPERTY = "offshoot.log.events";

  private Logs() {}

  /** What a worker does goes to stderr, line by line, for whoever runs it to collect. */
  public static void toStderr() {
    System.setProperty(EVENTS_PROPERTY, "true");
    LogManager.getLogManager().reset();
  }

  /** Everything goes to this file; only what must be seen goes to stderr besides. */
  public static void to(Path file) {
    System.setProperty(FILE_PROPERTY, file.toAbsolutePath().toString());
    LogManager.getLogManager().reset();
  }
}
