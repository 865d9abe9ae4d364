package dev.offshoot.provisioner.pool;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;

import dev.offshoot.environment.StoreKind;

/** How environments of this process came by a store's copies, for the metrics and for who fills the pool. */
public final class ClaimCounts {
  private final Counter warm;
  private final Counter cold;
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> missed = new HashMap<>();
  private int underWay;
  private long taken = System.nanoTime() - Duration.ofDays(1).toNanos();

  public ClaimCounts(StoreKind store) {
    this.warm = counter(store, "warm");
    this.cold = counter(store, "cold");
  }

  private static Counter counter(StoreKind store, String from) {
    return Counter.builder("offshoot.pool.claims")
        .description("What was given to environments, from the pool (warm) or made for them (cold)")
        .tag("store", store.name().toLowerCase(Locale.ROOT)).tag("from", from).register(Metrics.globalRegistry);
  }

  /** Runs the listener after each. */
  void listen(Runnable listener) {
    listeners.add(listener);
  }

  public <T> T warm(T copy) {
    warm.increment();
    took();
    listeners.forEach(Runnable::run);
    return copy;
  }

  /** The pool had none of this snapshot. */
  public <T> T cold(String snapshot, Supplier<T> making) {
    began(snapshot);
    try {
      T made = making.get();
      cold.increment();
      return made;
    } finally {
      ended();
      listeners.forEach(Runnable::run);
    }
  }

  private synchronized void took() {
    taken = System.nanoTime();
  }

  /** How long it is until nobody has taken a ready copy for {@code quiet}; nothing where somebody found none. */
  synchronized Duration quietIn(Duration quiet) {
    Duration left = quiet.minusNanos(System.nanoTime() - taken);
    return left.isNegative() || !missed.isEmpty() ? Duration.ZERO : left;
  }

  private synchronized void began(String snapshot) {
    underWay++;
    missed.merge(snapshot, 1, Integer::sum);
  }

  private synchronized void ended() {
    underWay--;
    notifyAll();
  }

  /** How many the pool had none for since this was asked last. */
  synchronized int takeMissed(String snapshot) {
    Integer count = missed.remove(snapshot);
    return count == null ? 0 : count;
  }

  /** Gives way to those who wait for a copy, but not for ever. */
  synchronized void giveWay(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (underWay > 0 && deadline - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
  }
}
