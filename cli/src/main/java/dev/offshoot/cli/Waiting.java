package dev.offshoot.cli;

import java.time.Duration;

import picocli.CommandLine.Option;

/** Whether a command stays until its request has been dealt with. */
final class Waiting {
  @Option(names = "--no-wait",
      description = "Return as soon as the request is on its way; otherwise progress is shown on stderr until it is done.")
  private boolean noWait;

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "900",
      description = "How long to wait for the end (default: ${DEFAULT-VALUE}).")
  private long timeoutSeconds = 900;

  boolean waits() {
    return !noWait;
  }

  Duration atMost() {
    return Duration.ofSeconds(Math.max(1, timeoutSeconds));
  }
}
