package dev.offshoot.worker.runtime;

import java.time.Clock;
import java.time.Duration;

import dev.offshoot.config.KafkaConfig;

/**
 * How a worker is run.
 *
 * @param slot names this instance among those of the same worker; part of the transactional id, so it must stay the same over restarts
 *     and differ between instances
 * @param lanes how many environments are worked on at once
 * @param grace how long a stop waits for running handlers
 */
public record WorkerSettings(KafkaConfig kafka, String slot, int lanes, Backoff backoff, Duration grace) {

  /** One instance with the defaults. */
  public static WorkerSettings of(KafkaConfig kafka) {
    return new WorkerSettings(kafka, "1", 32, Backoff.DEFAULT, Duration.ofSeconds(10));
  }

  /** The time that events carry. */
  Clock clock() {
    return Clock.systemUTC();
  }
}
