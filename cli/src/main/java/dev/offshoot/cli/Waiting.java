package dev.offshoot.cli;

import java.time.Duration;

import picocli.CommandLine.Option;

/** Whether a command stays until its request has been dealt with. */
final class Waiting {
  @Option(names = "--no-wait", negatable = true, defaultValue = "true", fallbackValue = "true",
      description =
          "Return as soon as the request is accepted; otherwise progress is shown on stderr until it is done.")
  private boolean wait = true;

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "900",
      description = "How long to wait for the end (default: ${DEFAULT-VALUE}).")
  private long timeoutSeconds = 900;

  boolean waits() {
    return wait;
  }

  Duration atMost() {
    return Duration.ofSeconds(Math.max(1, timeoutSeconds));
  }
}
