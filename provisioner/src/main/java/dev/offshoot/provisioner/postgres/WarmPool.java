package dev.offshoot.provisioner.postgres;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.provisioner.store.EpochSource;

/**
 * Keeps clones of each repository's newest snapshot ready, on one thread of its own: after each claim, after a
 * snapshot, at the start, and from time to time. Nothing waits for it, and what goes wrong with it is no environment's
 * failure: one that finds no slot gets a clone of its own.
 */
public final class WarmPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmPool.class);
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final Duration BUSY = Duration.ofSeconds(2);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final PostgresConfig server;
  private final ClaimCounts counts = new ClaimCounts();
  private final Refill refill;
  private final Janitor janitor;
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().daemon().name("postgres-pool").unstarted(this::run);
  private volatile boolean open = true;
  private volatile Optional<AdminSession> session = Optional.empty();

  public WarmPool(PostgresConfig server, EpochSource epochs, Collection<RepositoryConfig> repositories, Clock clock) {
    this.server = server;
    this.refill = new Refill(server, epochs, repositories, new Refill.Around(counts, clock));
    this.janitor = new Janitor(clock);
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

  ClaimCounts counts() {
    return counts;
  }

  private void run() {
    List<Gauge> gauges = List.of(
        Gauge.builder("offshoot.pool.ready", refill.ready()::get)
            .description("Databases that stand ready for environments").register(Metrics.globalRegistry),
        Gauge.builder("offshoot.postgres.orphans", janitor.orphans()::get)
            .description("Folders of the database server that no database owns").register(Metrics.globalRegistry));
    int failures = 0;
    try {
      while (open) {
        Duration pause = PERIOD;
        try {
          pause = round() ? PERIOD : BUSY;
          if (failures > 0) {
            LOG.info("The pool of databases is filled again");
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
      gauges.forEach(Metrics.globalRegistry::remove);
    }
  }

  private boolean round() throws InterruptedException {
    try (AdminSession mine = AdminSession.open(server, AdminSession.HOME, "pool")) {
      session = Optional.of(mine);
      janitor.look(mine);
      return refill.round(mine, () -> open);
    } finally {
      session = Optional.empty();
    }
  }

  private void tell(RuntimeException failure, int failures) {
    if (open && failures == 1) {
      LOG.warn("The pool of databases cannot be filled; environments get clones of their own meanwhile. It is tried "
          + "again, and told when it works", failure);
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
    wanted.drainPermits();
  }

  /** Ends what it does; the server may still finish a copy, which the next round throws away. */
  @Override
  public void close() {
    open = false;
    wake();
    if (thread.getState() != Thread.State.NEW && !ended()) {
      session.ifPresent(AdminSession::abort);
      if (!ended()) {
        LOG.warn("The pool's thread has not ended within {} s and is left behind", 2 * GRACE.toSeconds());
      }
    }
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
