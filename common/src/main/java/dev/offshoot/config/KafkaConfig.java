package dev.offshoot.config;

import java.util.Map;

/**
 * {@code kafka:} where the topics are.
 *
 * @param partitions of each topic; fixed for life, default 24
 * @param replicas of each topic; default 1
 * @param client further settings of the Kafka clients, such as {@code security.protocol}
 */
public record KafkaConfig(String bootstrapServers, int partitions, int replicas, Map<String, String> client) {
  public static final int DEFAULT_PARTITIONS = 24;

  public KafkaConfig {
    client = Map.copyOf(client);
  }

  /** With all defaults. */
  public static KafkaConfig at(String bootstrapServers) {
    return new KafkaConfig(bootstrapServers, DEFAULT_PARTITIONS, 1, Map.of());
  }
}
