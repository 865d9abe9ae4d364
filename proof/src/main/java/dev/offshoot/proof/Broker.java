package dev.offshoot.proof;

import java.time.Duration;

import dev.offshoot.embedded.KafkaSettings;

/** The broker of both drivers. */
public final class Broker {
  /** A short session, so that a dead member is missed soon. */
  public static final KafkaSettings QUICK =
      new KafkaSettings(Duration.ofSeconds(3), Duration.ofMillis(500), Duration.ofMinutes(15), false);

  private Broker() {}
}
