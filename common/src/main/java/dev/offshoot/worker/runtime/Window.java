package dev.offshoot.worker.runtime;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Bounds the memory that waiting records hold. While there is room, one environment may take all of it; when there is none, only
 * partitions that hold more than their share stop being read, so a long backlog keeps nobody waiting but its own partition. Never holds
 * more than twice the room, and what one poll brings.
 */
final class Window {
  private final long room;
  private Set<Integer> paused = Set.of();

  /**
   * A window of a session.
   *
   * @param room in bytes
   */
  Window(long room) {
    this.room = room;
  }

  /** The partitions that are not to be read now, given what each that is ours holds. */
  Set<Integer> paused(Map<Integer, Long> weights) {
    long held = weights.values().stream().mapToLong(Long::longValue).sum();
    long share = room / Math.max(1, weights.size());
    Set<Integer> next = new HashSet<>();
    weights.forEach((partition, weight) -> {
      boolean full = held >= room && weight >= share;
      boolean stillFull = paused.contains(partition) && held >= room / 2 && weight >= share / 2;
      if (full || stillFull) {
        next.add(partition);
      }
    });
    paused = Set.copyOf(next);
    return paused;
  }
}
