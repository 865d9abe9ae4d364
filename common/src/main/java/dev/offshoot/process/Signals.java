package dev.offshoot.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends what {@link ProcessHandle} can't: it knows only TERM and KILL. */
public final class Signals {
  private Signals() {
  }

  /** Does nothing when the process is gone. */
  public static void send(ProcessHandle process, Signal signal) {
    if (!process.isAlive()) {
      return;
    }
    switch (signal) {
      case TERM -> process.destroy();
      case KILL -> process.destroyForcibly();
      case INT -> shell("kill -s INT " + process.pid());
    }
  }

  private static void shell(String command) {
    try {
      new ProcessBuilder("sh", "-c", command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("No shell to run `" + command + "` with", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
