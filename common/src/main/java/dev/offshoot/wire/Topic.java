package dev.offshoot.wire;

import java.time.Duration;
import java.util.Map;

/** The topics: the public contract. All have the same number of partitions, fixed for life, and are partitioned by environment. */
public enum Topic {
  /** What should happen: git events, people's commands, workers' asks. */
  REQUESTS("offshoot.requests", kept(Duration.ofDays(30))),
  /** What has happened: lifecycle events. */
  ENVIRONMENTS("offshoot.environments", kept(Duration.ofDays(90))),
  /** The newest value of each facet, under environment {@code /} facet. */
  STATE("offshoot.state", Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.1")),
  /** What no retry could handle. */
  DEAD_LETTERS("offshoot.dead-letters", kept(Duration.ofDays(30)));

  private final String topicName;
  private final Map<String, String> settings;

  Topic(String topicName, Map<String, String> settings) {
    this.topicName = topicName;
    this.settings = settings;
  }

  private static Map<String, String> kept(Duration retention) {
    return Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis()));
  }

  /** The name on the broker. */
  public String topicName() {
    return topicName;
  }

  /** The settings it is created with. */
  public Map<String, String> settings() {
    return settings;
  }
}
