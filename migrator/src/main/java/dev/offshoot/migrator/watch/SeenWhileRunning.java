package dev.offshoot.migrator.watch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.evidence.LockMode;
import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.Wait;

/** What the second session saw while one statement ran. Written by the sampler's thread, read by the run's. */
final class SeenWhileRunning {
  private static final int MOST_KINDS = 200;

  private final Map<Key, Times> locks = new LinkedHashMap<>();
  private final Map<Sample.SeenWait, Duration> waits = new LinkedHashMap<>();
  private boolean over;

  /** @param since the sample before, or the statement's start */
  synchronized void add(Sample sample, Duration at, Duration since) {
    if (over) {
      return;
    }
    for (Sample.SeenLock lock : sample.locks()) {
      Key key = new Key(lock.relation(), lock.mode());
      if (locks.size() < MOST_KINDS || locks.containsKey(key)) {
        locks.merge(key, Times.first(lock.granted(), at), (known, _) -> known.again(lock.granted(), at));
      }
    }
    sample.waiting().filter(wait -> waits.size() < MOST_KINDS || waits.containsKey(wait))
        .ifPresent(wait -> waits.merge(wait, at.minus(since), Duration::plus));
  }

  /** A sample that comes too late is none of this statement's. */
  synchronized void end() {
    over = true;
  }

  synchronized Map<Key, Times> locks() {
    return new LinkedHashMap<>(locks);
  }

  synchronized List<Wait> waits() {
    return waits.entrySet().stream()
        .map(seen -> new Wait(seen.getKey().event(), seen.getKey().behind(), seen.getValue(), Method.SAMPLED)).toList();
  }

  /** When it was last seen waiting for a lock: it was not taken earlier. */
  synchronized Optional<Duration> waitedUntil(long relation, LockMode mode) {
    return Optional.ofNullable(locks.get(new Key(relation, mode))).flatMap(Times::waiting);
  }

  record Key(long relation, LockMode mode) {}

  /**
   * When a lock was seen.
   *
   * @param first granted
   * @param last granted
   * @param waiting last seen not granted
   */
  record Times(Optional<Duration> first, Optional<Duration> last, Optional<Duration> waiting) {
    static Times first(boolean granted, Duration at) {
      Optional<Duration> now = Optional.of(at);
      return granted ? new Times(now, now, Optional.empty()) : new Times(Optional.empty(), Optional.empty(), now);
    }

    Times again(boolean granted, Duration at) {
      Optional<Duration> now = Optional.of(at);
      return granted ? new Times(first.or(() -> now), now, waiting) : new Times(first, last, now);
    }
  }
}
