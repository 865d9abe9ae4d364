package dev.offshoot.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.EventId;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request.AdoptRequested;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.StateTable;

/** Brings the snapshots back before the environments that were made from them. */
final class EpochAdoption implements AutoCloseable {
  private static final Duration AT_MOST = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(100);

  private final StateTable table;
  private final EventPublisher publisher;

  private EpochAdoption(StateTable table, EventPublisher publisher) {
    this.table = table;
    this.publisher = publisher;
  }

  static EpochAdoption open(KafkaConfig kafka) {
    return new EpochAdoption(StateTable.open(kafka), EventPublisher.open(kafka));
  }

  /** Returns when all are known. */
  void adopt(List<AdoptRequested> asks, Output output) throws InterruptedException {
    for (AdoptRequested ask : asks) {
      publisher.publish(Message.first(EventId.random(), Asking.SOURCE, Clock.systemUTC().instant(), ask)).join();
    }
    long deadline = System.nanoTime() + AT_MOST.toNanos();
    for (AdoptRequested ask : asks) {
      while (!isKnown(ask)) {
        if (System.nanoTime() > deadline) {
          throw new CommandFailed("The snapshots of " + ask.origin().environment()
              + " were not adopted in time; does the provisioner run? Run 'offshoot adopt' again");
        }
        TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
      }
      output.note("the snapshots of " + ask.origin().environment() + " are known again");
    }
  }

  private boolean isKnown(AdoptRequested ask) {
    return table.of(ask.origin().environment()).epochs().flatMap(epochs -> epochs.find(ask.epoch())).isPresent();
  }

  @Override
  public void close() {
    publisher.close();
    table.close();
  }
}
