package dev.offshoot.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.offshoot.cli.CommandFailed;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.wire.EventLog;

/** Follows the lifecycle events from its start on, and waits for one of them. */
final class Feed implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final EventLog log;
  private final Consumer<Message> listener;
  private final List<Message> heard = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("events").unstarted(this::follow);
  private volatile boolean closed;

  private Feed(EventLog log, Consumer<Message> listener) {
    this.log = log;
    this.listener = listener;
  }

  static Feed open(KafkaConfig kafka, Consumer<Message> listener) {
    Feed feed = new Feed(EventLog.open(kafka, true), listener);
    feed.thread.start();
    return feed;
  }

  private void follow() {
    try (log) {
      while (!closed) {
        for (Message message : log.poll(PATIENCE)) {
          listener.accept(message);
          synchronized (heard) {
            heard.add(message);
            heard.notifyAll();
          }
        }
      }
    }
  }

  /** How much was heard so far; what is awaited may be looked for from here on. */
  int mark() {
    synchronized (heard) {
      return heard.size();
    }
  }

  /** Waits for an event of this kind about the environment; one that says it failed ends the wait. */
  <E extends LifecycleEvent> E await(EnvironmentId environment, Class<E> kind, int from, Duration atMost)
      throws InterruptedException {
    return await(new Awaited<>(environment, kind, _ -> true), from, atMost);
  }

  /** As {@link #await(EnvironmentId, Class, int, Duration)}, for one of several. */
  <E extends LifecycleEvent> E await(Awaited<E> awaited, int from, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (heard) {
      int next = from;
      while (true) {
        for (; next < heard.size(); next++) {
          Optional<E> found = found(heard.get(next), awaited);
          if (found.isPresent()) {
            return found.get();
          }
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new CommandFailed("No " + awaited.kind().getSimpleName() + " of " + awaited.environment() + " within "
              + atMost.toSeconds() + " s; the logs say why");
        }
        heard.wait(left);
      }
    }
  }

  private static <E extends LifecycleEvent> Optional<E> found(Message message, Awaited<E> awaited) {
    if (!message.environment().equals(awaited.environment())) {
      return Optional.empty();
    }
    if (message.event() instanceof LifecycleEvent.EnvironmentFailed failed) {
      throw new CommandFailed(message.environment() + " failed: " + failed.reason());
    }
    if (message.event() instanceof LifecycleEvent.MigrationFailed failed) {
      throw new CommandFailed(message.environment() + " could not be migrated: " + failed.failure().summary());
    }
    return Optional.of(message.event()).filter(awaited.kind()::isInstance).map(awaited.kind()::cast)
        .filter(awaited.which());
  }

  /** Which event is waited for. */
  record Awaited<E extends LifecycleEvent>(EnvironmentId environment, Class<E> kind, Predicate<E> which) {}

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join(Duration.ofSeconds(10));
  }
}
