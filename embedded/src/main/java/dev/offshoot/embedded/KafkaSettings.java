package dev.offshoot.embedded;

import java.time.Duration;

/**
 * What may differ between a product's and a test's broker.
 *
 * @param sessionTimeout after this long without a heartbeat a worker is dead and its partitions go to others
 * @param heartbeat how often a worker shows that it lives, and so how fast it learns its new partitions
 * @param maxTransaction the longest {@code transaction.timeout.ms} a producer may ask for
 * @param flush whether an acknowledged write is on disk, not only in the page cache
 */
public record KafkaSettings(Duration sessionTimeout, Duration heartbeat, Duration maxTransaction, boolean flush) {
  public KafkaSettings {
    if (heartbeat.compareTo(sessionTimeout) >= 0) {
      throw new IllegalArgumentException(
          "The heartbeat (" + heartbeat + ") must be shorter than the session timeout (" + sessionTimeout + ")");
    }
  }

  public static KafkaSettings defaults() {
    return new KafkaSettings(Duration.ofSeconds(6), Duration.ofSeconds(1), Duration.ofMinutes(15), true);
  }

  /** For data that need not survive a power failure; a killed process loses nothing either way. */
  public KafkaSettings withoutFlush() {
    return new KafkaSettings(sessionTimeout, heartbeat, maxTransaction, false);
  }
}
