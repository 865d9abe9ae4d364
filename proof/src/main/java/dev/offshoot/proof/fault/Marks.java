package dev.offshoot.proof.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.offshoot.embedded.Eventually;

/** What a process has come past. */
record Marks(Path file) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  Map<String, String> variables() {
    return Map.of("OFFSHOOT_FAULT_MARKS", file.toString());
  }

  /** How often it was come past. */
  long times(String point) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    return Files.readAllLines(file).stream().filter(line -> line.startsWith(point + "#")).count();
  }

  /** Waits until it comes past a point once more than now. */
  void await(String point, Doing doing) throws Exception {
    long before = times(point);
    doing.run();
    Eventually.await("the worker comes past " + point, PATIENCE, () -> times(point) > before);
  }

  /** What leads there. */
  @FunctionalInterface
  interface Doing {
    void run() throws Exception;
  }
}
