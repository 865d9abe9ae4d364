package dev.offshoot.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.wire.EventLog;

/** When a monitoring consumer hears of each first event of its kind, per environment. */
final class Arrivals implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private record Arrival(EnvironmentId environment, Class<?> kind) {}

  private final Map<Arrival, Long> times = new HashMap<>();
  private final Map<Arrival, Event> events = new HashMap<>();
  private final EventLog log;
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::listen);
  private volatile boolean closed;

  Arrivals(KafkaConfig kafka) {
    log = EventLog.open(kafka, true);
    thread.start();
  }

  private void listen() {
    try (log) {
      while (!closed) {
        for (Message message : log.poll(Duration.ofMillis(100))) {
          synchronized (times) {
            Arrival arrival = new Arrival(message.environment(), message.event().getClass());
            times.putIfAbsent(arrival, System.nanoTime());
            events.putIfAbsent(arrival, message.event());
            times.notifyAll();
          }
        }
      }
    }
  }

  /** Waits for the event; {@link System#nanoTime()} of its arrival. */
  long await(EnvironmentId environment, Class<? extends LifecycleEvent> kind) throws InterruptedException {
    Arrival wanted = new Arrival(environment, kind);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (times) {
      while (!times.containsKey(wanted)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("No " + kind.getSimpleName() + " of " + environment);
        }
        times.wait(100);
      }
      return times.get(wanted);
    }
  }

  /** What was said first, once it was heard. */
  <E extends LifecycleEvent> E heard(EnvironmentId environment, Class<E> kind) {
    synchronized (times) {
      return kind.cast(Objects.requireNonNull(events.get(new Arrival(environment, kind))));
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
