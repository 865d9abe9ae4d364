package dev.offshoot.sweeper;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.event.Request;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topics;

/** The running sweeper: looks at all environments every {@code sweep.every}. */
public final class Sweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  private final StateTable table;
  private final EventPublisher publisher;
  private final Round round;
  private final ScheduledExecutorService clockThread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("sweeper").daemon().factory());

  private Sweeper(OffshootConfig config, StateTable table, Clock clock) {
    this.table = table;
    this.publisher = EventPublisher.open(config.kafka());
    this.round = new Round(new IdlePolicy(config.workers().sweep().idleAfter()), table, publisher, clock);
  }

  public static Sweeper start(OffshootConfig config) {
    return start(config, Clock.systemUTC());
  }

  /** As {@link #start(OffshootConfig)}; what is idle is decided by the given clock. */
  public static Sweeper start(OffshootConfig config, Clock clock) {
    Topics.ensure(config.kafka());
    Sweeper sweeper = new Sweeper(config, StateTable.open(config.kafka()), clock);
    sweeper.schedule(config.workers().sweep().every().toMillis());
    return sweeper;
  }

  private void schedule(long everyMillis) {
    long period = Math.max(1, everyMillis);
    var _ = clockThread.scheduleWithFixedDelay(this::guardedRound, period, period, TimeUnit.MILLISECONDS);
  }

  /** An exception would end the schedule for ever. */
  private void guardedRound() {
    try {
      round.run();
    } catch (RuntimeException e) {
      LOG.error("A round of the sweeper failed; the next one is on time", e);
    }
  }

  /** A round now, besides those on time; returns what was asked for. */
  public List<Request.Expired> tick() throws InterruptedException {
    table.catchUp();
    try {
      return clockThread.submit(round::run).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A round of the sweeper failed", e.getCause());
    }
  }

  @Override
  public void close() {
    clockThread.shutdownNow();
    publisher.close();
    table.close();
  }
}
