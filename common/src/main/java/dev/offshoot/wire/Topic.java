package dev.offshoot.wire;

import java.time.Duration;
import java.util.Map;

/** The topics: the public contract. All have the same number of partitions, fixed for life, and are partitioned by environment. */
public enum Topic {
  /** What should happen: git events, people's commands, workers' asks. */
  REQUESTS("offshoot.requests", 30),
  /** What has happened: lifecycle events. */
  ENVIRONMENTS("offshoot.environments", 90),
  /** The newest value of each facet, under environment {@code /} facet. */
  STATE("offshoot.state", Topic.COMPACTED),
  /** What no retry could handle. */
  DEAD_LETTERS("offshoot.dead-letters", 30);

  private static final int COMPACTED = 0;

  private final String topicName;
  private final int retentionDays;

  Topic(String topicName, int retentionDays) {
    this.topicName = topicName;
    this.retentionDays = retentionDays;
  }

  /** The name on the broker. */
  public String topicName() {
    return topicName;
  }

  /** The settings it is created with. */
  public Map<String, String> settings() {
    return retentionDays == COMPACTED
        ? Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.1")
        : Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(Duration.ofDays(retentionDays).toMillis()));
  }
}
