package dev.offshoot.sweeper;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.event.Request;
import dev.offshoot.management.Health;
import dev.offshoot.management.RunningWorker;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.Failure;

/** The running sweeper: looks at all environments every {@code sweep.every}, and has refs compared every {@code reconcile.every}. */
public final class Sweeper implements RunningWorker {
  /** Also the last part of its CloudEvents source. */
  public static final String NAME = "sweeper";
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  private final StateTable table;
  private final EventPublisher publisher;
  private final Round round;
  private final ScheduledExecutorService clockThread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name(NAME).daemon().factory());

  private final ScheduledFuture<?> rounds;
  private final ReconcileRound comparison;
  private final ScheduledFuture<?> comparisons;

  private Sweeper(OffshootConfig config, StateTable table, Clock clock) {
    this.table = table;
    this.publisher = EventPublisher.open(config.kafka());
    this.round = new Round(new Round.Policies(new IdlePolicy(config.workers().sweep().idleAfter()),
        new EpochPolicy(config.stores().epochRetention()), new BackupPolicy(config.stores().backupRetention())), table, publisher, clock);
    long period = Math.max(1, config.workers().sweep().every().toMillis());
    this.rounds = clockThread.scheduleWithFixedDelay(guarded(round::run), period, period, TimeUnit.MILLISECONDS);
    this.comparison = new ReconcileRound(config.repositories().values(), publisher, clock);
    // also at the start: deliveries may have been lost while nothing ran
    this.comparisons = clockThread.scheduleWithFixedDelay(guarded(comparison::run), 0,
        Math.max(1, config.workers().reconcile().every().toMillis()), TimeUnit.MILLISECONDS);
  }

  public static Sweeper start(OffshootConfig config) {
    return start(config, Clock.systemUTC());
  }

  /** As {@link #start(OffshootConfig)}; what is idle is decided by the given clock. */
  public static Sweeper start(OffshootConfig config, Clock clock) {
    Topics.ensure(config.kafka());
    return new Sweeper(config, StateTable.open(config.kafka()), clock);
  }

  /** An exception would end the schedule for ever. */
  private static Runnable guarded(Runnable round) {
    return () -> {
      try {
        round.run();
      } catch (RuntimeException e) {
        LOG.error("A round of the sweeper failed; the next one is on time", e);
      }
    };
  }

  /** A round now, besides those on time; returns what was asked for. */
  public List<Request> tick() throws InterruptedException {
    table.catchUp();
    try {
      return clockThread.submit(round::run).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A round of the sweeper failed", e.getCause());
    }
  }

  @Override
  public Health health() {
    return new Health() {
      @Override
      public Condition live() {
        if ((rounds.isDone() || comparisons.isDone()) && !clockThread.isShutdown()) {
          return new Condition.Bad("the rounds have ended; the log says why");
        }
        return table();
      }

      @Override
      public Condition ready() {
        return clockThread.isShutdown() ? new Condition.Bad("stopping") : table();
      }
    };
  }

  /** A table that is no longer read would show what was idle long ago. */
  private Health.Condition table() {
    try {
      table.failIfStopped();
      return new Health.Condition.Good("looks at all environments on time");
    } catch (Failure e) {
      return new Health.Condition.Bad(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    clockThread.shutdownNow();
    publisher.close();
    table.close();
  }
}
