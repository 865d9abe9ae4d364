package dev.offshoot.worker.runtime;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import dev.offshoot.management.Health;

/** Signs of life of a worker's poll thread: written by it, read by any. */
final class Pulse implements Health {
  /** Longer than any call to Kafka lasts, all of which have deadlines of a minute or less. */
  static final Duration SILENCE = Duration.ofMinutes(3);

  private final LongSupplier nanos;
  private final BooleanSupplier threadLives;
  private volatile long lastBeat;
  private volatile boolean stopping;
  private volatile Condition ready = new Condition.Bad("starting");

  /**
   * @param nanos as {@link System#nanoTime}
   * @param threadLives whether the poll thread does
   */
  Pulse(LongSupplier nanos, BooleanSupplier threadLives) {
    this.nanos = nanos;
    this.threadLives = threadLives;
    this.lastBeat = nanos.getAsLong();
  }

  /** The poll thread came around, with so many partitions whose lanes may run. */
  void working(int partitions) {
    lastBeat = nanos.getAsLong();
    ready = partitions > 0
        ? new Condition.Good(partitions + " partitions")
        : new Condition.Bad("no partition is assigned: Kafka does not answer, or there are more instances than partitions");
  }

  /** The poll thread came around, but cannot work yet, or again. */
  void waiting(String why) {
    lastBeat = nanos.getAsLong();
    ready = new Condition.Bad(why);
  }

  /** Nothing new is started from now on. */
  void stopping() {
    stopping = true;
  }

  @Override
  public Condition live() {
    if (stopping) {
      return new Condition.Good("stopping");
    }
    if (!threadLives.getAsBoolean()) {
      return new Condition.Bad("the poll thread ended; the log says why");
    }
    Duration silence = Duration.ofNanos(nanos.getAsLong() - lastBeat);
    return silence.compareTo(SILENCE) > 0
        ? new Condition.Bad("the poll thread has not come around for " + silence.toSeconds() + " s")
        : new Condition.Good("polls");
  }

  @Override
  public Condition ready() {
    return stopping ? new Condition.Bad("stopping") : ready;
  }
}
