package dev.offshoot.worker.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

import org.apache.kafka.clients.producer.ProducerRecord;

import dev.offshoot.wire.Topic;

/**
 * A Kafka broker as far as the promises rest on it: transactions with markers that come late, one producer per transactional id, and a
 * timeout after which an undecided transaction is aborted.
 */
final class SimulatedBroker {
  private static final long TRANSACTION_TIMEOUT_MS = 10_000;

  private final Map<String, SimulatedLog> logs = new LinkedHashMap<>();
  private final Map<String, Producer> producers = new LinkedHashMap<>();
  private final List<SimulatedTransaction> decided = new ArrayList<>();
  private final SimulationChecker checker;
  private long now;

  private static final class Producer {
    private int epoch;
    private Optional<SimulatedTransaction> transaction = Optional.empty();
  }

  SimulatedBroker(int partitions, SimulationChecker checker) {
    this.checker = checker;
    for (Topic topic : Topic.values()) {
      for (int partition = 0; partition < partitions; partition++) {
        logs.put(topic.topicName() + partition, new SimulatedLog(topic.topicName(), partition));
      }
    }
  }

  SimulatedLog log(Topic topic, int partition) {
    return log(topic.topicName(), partition);
  }

  private SimulatedLog log(String topic, int partition) {
    return Optional.ofNullable(logs.get(topic + partition)).orElseThrow();
  }

  Collection<SimulatedLog> logs() {
    return logs.values();
  }

  private SimulatedLog logOf(ProducerRecord<String, byte[]> record) {
    return log(record.topic(), Optional.ofNullable(record.partition()).orElseThrow());
  }

  /** A record of someone who is no worker. */
  void publish(ProducerRecord<String, byte[]> record) {
    logOf(record).append(record, Optional.empty());
    checker.read(logs());
  }

  /** Fences every older producer of the id; answers the epoch once what that had begun is complete. */
  OptionalInt init(String id, boolean again) {
    Producer producer = producers.computeIfAbsent(id, _ -> new Producer());
    if (!again) {
      producer.epoch++;
    }
    producer.transaction.filter(SimulatedTransaction::isOngoing).ifPresent(t -> decide(t, SimulatedTransaction.Status.ABORTED));
    return producer.transaction.map(SimulatedTransaction::isComplete).orElse(true) ? OptionalInt.of(producer.epoch) : OptionalInt.empty();
  }

  private Producer producer(String id, int epoch) {
    Producer producer = Optional.ofNullable(producers.get(id)).orElseThrow();
    if (producer.epoch != epoch) {
      throw new SimulatedDoubt("fenced producer", id);
    }
    return producer;
  }

  /** Whether the next transaction of the producer can begin. */
  boolean canBegin(String id, int epoch) {
    return producer(id, epoch).transaction.map(SimulatedTransaction::isComplete).orElse(true);
  }

  void begin(String id, int epoch) {
    producer(id, epoch).transaction = Optional.of(new SimulatedTransaction(id, now));
  }

  SimulatedTransaction transaction(String id, int epoch) {
    return producer(id, epoch).transaction.filter(SimulatedTransaction::isOngoing).orElseThrow(() ->
        new SimulatedDoubt("transaction timed out", id));
  }

  void send(String id, int epoch, ProducerRecord<String, byte[]> record) {
    SimulatedTransaction transaction = transaction(id, epoch);
    transaction.add(logOf(record), record);
    logOf(record).append(record, Optional.of(transaction));
  }

  void commit(String id, int epoch) {
    decide(transaction(id, epoch), SimulatedTransaction.Status.COMMITTED);
  }

  private void decide(SimulatedTransaction transaction, SimulatedTransaction.Status status) {
    transaction.decide(status);
    if (transaction.isCommitted()) {
      checker.decided(transaction);
    }
    if (!transaction.isComplete()) {
      decided.add(transaction);
    }
  }

  /** Time passes: one marker is written, and a transaction that is too old is aborted. */
  void step(long time, RandomGenerator random) {
    now = time;
    for (Producer producer : producers.values()) {
      producer.transaction.filter(t -> t.isOngoing() && now - t.began() > TRANSACTION_TIMEOUT_MS).ifPresent(t -> {
        producer.epoch++;
        decide(t, SimulatedTransaction.Status.ABORTED);
      });
    }
    if (!decided.isEmpty()) {
      SimulatedTransaction transaction = decided.get(random.nextInt(decided.size()));
      transaction.mark(random.nextInt(1_000));
      if (transaction.isComplete()) {
        decided.remove(transaction);
      }
      checker.read(logs());
    }
  }

  /** Whether nothing is under way. */
  boolean isAtRest() {
    return decided.isEmpty() && producers.values().stream().noneMatch(p -> p.transaction.filter(t -> !t.isComplete()).isPresent());
  }
}
