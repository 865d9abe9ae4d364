package dev.offshoot.provisioner.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

import dev.offshoot.config.PoolSize;

/**
 * How many slots of one repository should stand ready: as many as were wanted in the last ten minutes, within bounds. A
 * slot that is gone was taken by somebody, maybe by another provisioner.
 */
final class PoolDemand {
  private static final Duration RECENT = Duration.ofMinutes(10);

  private final PoolSize bounds;
  private final Deque<Instant> wanted = new ArrayDeque<>();
  private Set<String> ready = Set.of();

  PoolDemand(PoolSize bounds) {
    this.bounds = bounds;
  }

  /** Another snapshot is used from now on; its slots are not those that were there before. */
  void startsAnew() {
    ready = Set.of();
  }

  /**
   * @param slots the identities of those that stand ready
   * @param missed how often there was none
   */
  void seen(Collection<String> slots, int missed, Instant now) {
    Set<String> taken = new HashSet<>(ready);
    taken.removeAll(slots);
    for (int i = 0; i < taken.size() + missed; i++) {
      wanted.addLast(now);
    }
    ready = Set.copyOf(slots);
  }

  int target(Instant now) {
    while (!wanted.isEmpty() && wanted.getFirst().isBefore(now.minus(RECENT))) {
      wanted.removeFirst();
    }
    while (wanted.size() > bounds.max()) {
      wanted.removeFirst();
    }
    return Math.max(bounds.min(), wanted.size());
  }
}
