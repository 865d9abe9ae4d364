package dev.offshoot.provisioner.pool;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.provisioner.store.EpochSource;

/**
 * Keeps copies of each repository's newest snapshot ready in one store, on one thread of its own: after each claim, after a
 * snapshot, at the start, and from time to time. Nothing waits for it, and what goes wrong with it is no environment's
 * failure: one that finds no slot gets a copy of its own.
 */
public final class WarmPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmPool.class);
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final Duration BUSY = Duration.ofSeconds(2);
  /** The machine is the push's first: what it took from the pool is made again once it had the time to become usable. */
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final Duration LONGEST_QUIET = Duration.ofSeconds(5);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final PoolStore store;
  private final ClaimCounts counts;
  private final Refill refill;
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
  private volatile boolean open = true;

  public WarmPool(PoolStore store, EpochSource epochs, Collection<RepositoryConfig> repositories, Clock clock) {
    this.store = store;
    this.counts = new ClaimCounts(store.kind());
    this.refill = new Refill(store.size(), epochs, repositories, counts, clock);
    thread.setName(name() + "-pool");
    counts.listen(this::wake);
  }

  /** Begins to fill it. */
  public void start() {
    thread.start();
  }

  /** Something has changed. */
  public void wake() {
    wanted.release();
  }

  /** Hears of each environment that gets a copy. */
  public ClaimCounts counts() {
    return counts;
  }

  private String name() {
    return store.kind().name().toLowerCase(Locale.ROOT);
  }

  private void run() {
    Gauge gauge = Gauge.builder("offshoot.pool.ready", refill.ready()::get).tag("store", name())
        .description("Copies of snapshots that stand ready for environments").register(Metrics.globalRegistry);
    int failures = 0;
    try {
      while (open) {
        Duration pause = PERIOD;
        try {
          pause = round() ? PERIOD : BUSY;
          if (failures > 0) {
            LOG.info("The pool of {} is filled again", name());
          }
          failures = 0;
        } catch (RuntimeException e) {
          pause = backoff(failures++);
          tell(e, failures);
        }
        pause(pause, failures > 0);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      Metrics.globalRegistry.remove(gauge);
    }
  }

  private boolean round() throws InterruptedException {
    Optional<PoolSession> opened = store.open();
    if (opened.isPresent()) {
      try (PoolSession session = opened.get()) {
        refill.fill(session, () -> open);
      }
    }
    return opened.isPresent();
  }

  private void tell(RuntimeException failure, int failures) {
    if (open && failures == 1) {
      LOG.warn("The pool of {} cannot be filled; environments get copies of their own meanwhile. It is tried "
          + "again, and told when it works", name(), failure);
    }
  }

  private static Duration backoff(int failures) {
    Duration longer = Duration.ofSeconds(1L << Math.min(failures, 10));
    return longer.compareTo(LONGEST_BACKOFF) < 0 ? longer : LONGEST_BACKOFF;
  }

  /** @param deaf after a failure claims do not shorten it */
  private void pause(Duration longest, boolean deaf) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (open && wanted.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS) && deaf) {
      wanted.drainPermits();
    }
    long end = System.nanoTime() + LONGEST_QUIET.toNanos();
    while (open && counts.quietIn(QUIET).isPositive() && System.nanoTime() < end) {
      var _ = wanted.tryAcquire(counts.quietIn(QUIET).toNanos(), TimeUnit.NANOSECONDS);
    }
    wanted.drainPermits();
  }

  /** Ends what it does; the store may still finish a copy, which the next round throws away. */
  @Override
  public void close() {
    open = false;
    wake();
    if (thread.getState() != Thread.State.NEW && !ended()) {
      store.abort();
      thread.interrupt();
      if (!ended()) {
        LOG.warn("The pool's thread has not ended within {} s and is left behind", 2 * GRACE.toSeconds());
      }
    }
    store.close();
  }

  private boolean ended() {
    try {
      return thread.join(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
