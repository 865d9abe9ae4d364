package dev.offshoot.wire;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.utils.Utils;

import dev.offshoot.environment.EnvironmentId;

/**
 * Where an environment's records are, the same number on every topic: murmur2 of the environment's name as Kafka's own partitioner
 * computes it, so that other producers agree. A rehearsal's lie where those of the environment are that it rehearses for.
 */
public final class Partitions {
  private Partitions() {}

  public static int of(EnvironmentId environment, int partitions) {
    return Utils.toPositive(Utils.murmur2(environment.parent().value().getBytes(StandardCharsets.UTF_8))) % partitions;
  }
}
