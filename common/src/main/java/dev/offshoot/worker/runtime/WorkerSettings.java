package dev.offshoot.worker.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;

import dev.offshoot.config.KafkaConfig;

/**
 * How a worker is run.
 *
 * @param slot names this instance among those of the same worker; part of the transactional id, so it must stay the same over restarts
 *     and differ between instances
 * @param lanes how many handlers work at once; lanes that wait before their next try do not count
 * @param grace how long a stop waits for running handlers
 */
public record WorkerSettings(KafkaConfig kafka, String slot, int lanes, Backoff backoff, Duration grace) {

  /** With the defaults; the slot is the variable {@code OFFSHOOT_SLOT}, else this host's name. */
  public static WorkerSettings of(KafkaConfig kafka) {
    return new WorkerSettings(kafka, thisInstance(), 32, Backoff.DEFAULT, Duration.ofSeconds(10));
  }

  private static String thisInstance() {
    String given = System.getenv("OFFSHOOT_SLOT");
    if (given != null && !given.isBlank()) {
      return given;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "1";
    }
  }

  /** The time that events carry. */
  Clock clock() {
    return Clock.systemUTC();
  }
}
