package dev.offshoot.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.environment.RepositoryKey;

/**
 * How many deliveries one address may send to one hook: a token bucket each, which holds a minute's worth. By address, since it is asked
 * before a signature is: a stranger who floods a hook must not keep its git host out.
 */
final class RateLimit {
  /** The least lately seen senders are forgotten first, and begin anew when they come again. */
  static final int MOST_SENDERS = 10_000;

  private final int perMinute;
  private final Clock clock;
  private final Map<Sender, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  RateLimit(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** Takes a token; if there is none, how long until there is one again, in whole seconds. */
  synchronized Optional<Duration> take(RepositoryKey hook, String address) {
    Instant now = clock.instant();
    Sender sender = new Sender(hook, address);
    Bucket bucket = buckets.getOrDefault(sender, new Bucket(perMinute, now)).filled(perMinute, now);
    boolean taken = bucket.tokens() >= 1;
    buckets.put(sender, taken ? bucket.without() : bucket);
    if (buckets.size() > MOST_SENDERS) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    return taken ? Optional.empty() : Optional.of(bucket.untilNext(perMinute));
  }

  synchronized int senders() {
    return buckets.size();
  }

  private record Sender(RepositoryKey hook, String address) {}

  private record Bucket(double tokens, Instant seen) {
    private static final double MILLIS = 60_000;

    Bucket filled(int perMinute, Instant now) {
      long passed = Math.max(0, Duration.between(seen, now).toMillis());
      return new Bucket(Math.min(perMinute, tokens + passed * perMinute / MILLIS), now);
    }

    Bucket without() {
      return new Bucket(tokens - 1, seen);
    }

    Duration untilNext(int perMinute) {
      return Duration.ofSeconds(Math.max(1, Math.round(Math.ceil((1 - tokens) * MILLIS / perMinute / 1000))));
    }
  }
}
