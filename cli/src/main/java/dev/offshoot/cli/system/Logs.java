package dev.offshoot.cli.system;

import java.nio.file.Path;
import java.util.logging.LogManager;

/** Where this process writes its log. To be called before the first logger is made. */
public final class Logs {
  private static final String FILE_PROPERTY = "offshoot.log.file";

  private static final String FORMAT_PROPERTY = "offshoot.log.format";

  private static final String EVENTS_PROPERTY = "offshoot.log.events";

  private Logs() {}

  /** What a worker does goes to stderr, line by line, for whoever runs it to collect. */
  public static void toStderr(LogFormat format) {
    System.setProperty(FORMAT_PROPERTY, format.label());
    System.setProperty(EVENTS_PROPERTY, "true");
    LogManager.getLogManager().reset();
  }

  /** Everything goes to this file; only what must be seen goes to stderr besides. */
  public static void to(Path file) {
    to(file, LogFormat.TEXT);
  }

  public static void to(Path file, LogFormat format) {
    System.setProperty(FORMAT_PROPERTY, format.label());
    System.setProperty(FILE_PROPERTY, file.toAbsolutePath().toString());
    LogManager.getLogManager().reset();
  }

  /** As it was chosen for this process. */
  static String format() {
    return System.getProperty(FORMAT_PROPERTY, LogFormat.TEXT.label());
  }
}
