package dev.offshoot.bench.clones;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs programs. */
final class Run {
  private Run() {
  }

  /** @return what it has written */
  static String command(String... words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", words) + ": " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return output;
  }
}
