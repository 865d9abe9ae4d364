package dev.offshoot.provisioner.postgres;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;

import dev.offshoot.environment.RestoreDrill;

/** How environments of this process came by their databases, for the metrics and for who fills the pool. */
final class ClaimCounts {
  private final Counter warm = counter("warm");
  private final Counter cold = counter("cold");
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> missed = new HashMap<>();
  private int underWay;

  private static Counter counter(String from) {
    return Counter.builder("offshoot.pool.claims")
        .description("Databases given to environments, from the pool (warm) or made for them (cold)")
        .tag("from", from).register(Metrics.globalRegistry);
  }

  /** Runs the listener after each. */
  void listen(Runnable listener) {
    listeners.add(listener);
  }

  RestoreDrill warm(RestoreDrill drill) {
    warm.increment();
    listeners.forEach(Runnable::run);
    return drill;
  }

  /** The pool had none for this template. */
  RestoreDrill cold(String template, Supplier<RestoreDrill> making) {
    began(template);
    try {
      RestoreDrill drill = making.get();
      cold.increment();
      return drill;
    } finally {
      ended();
      listeners.forEach(Runnable::run);
    }
  }

  private synchronized void began(String template) {
    underWay++;
    missed.merge(template, 1, Integer::sum);
  }

  private synchronized void ended() {
    underWay--;
    notifyAll();
  }

  /** How many the pool had none for since this was asked last. */
  synchronized int takeMissed(String template) {
    Integer count = missed.remove(template);
    return count == null ? 0 : count;
  }

  /** Gives way to those who wait for a database, but not for ever. */
  synchronized void giveWay(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (underWay > 0 && deadline - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
  }
}
