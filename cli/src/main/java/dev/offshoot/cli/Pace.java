package dev.offshoot.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine.Option;

/** How fast a command may ask for things, so that what answers is not flooded. */
final class Pace {
  private static final double FASTEST = 1_000;

  @Option(names = "--rate", paramLabel = "N/s", defaultValue = "5/s",
      description = "At most so many requests in a second, such as 5/s or 0.5/s (default: ${DEFAULT-VALUE}).")
  private String rate = "5/s";

  private long next = System.nanoTime();

  /** Returns when the next request may be made. */
  void await() throws InterruptedException {
    long wait = next - System.nanoTime();
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
    next = System.nanoTime() + between().toNanos();
  }

  /** @throws WrongUsage when the rate is none */
  Duration between() {
    try {
      double perSecond = Double.parseDouble(rate.endsWith("/s") ? rate.substring(0, rate.length() - 2) : rate);
      if (perSecond > 0 && perSecond <= FASTEST) {
        return Duration.ofNanos((long) (1e9 / perSecond));
      }
    } catch (NumberFormatException noNumber) {
      throw refused();
    }
    throw refused();
  }

  private WrongUsage refused() {
    return new WrongUsage("A rate is a number of requests in a second, up to 1000/s, such as 5/s: '" + rate
        + "' is not");
  }
}
