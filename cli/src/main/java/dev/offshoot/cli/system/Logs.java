package dev.offshoot.cli.system;

import java.nio.file.Path;
import java.util.logging.LogManager;

/** Where this process writes its log. To be called before the first logger is made. */
public final class Logs {
  private static final String FILE_PROPERTY = "offshoot.log.file";

  private Logs() {}

  /** Everything goes to this file; only what must be seen goes to stderr besides. */
  public static void to(Path file) {
    System.setProperty(FILE_PROPERTY, file.toAbsolutePath().toString());
    LogManager.getLogManager().reset();
  }
}
