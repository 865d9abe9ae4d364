package dev.offshoot.worker.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.producer.ProducerRecord;

/** A transaction as the broker knows it. */
final class SimulatedTransaction {
  private final String producer;
  private final long began;
  private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
  private final Set<SimulatedLog> unmarked = new LinkedHashSet<>();
  private final Map<SimulatedGroup, Map<Integer, Long>> offsets = new LinkedHashMap<>();
  private Status status = Status.ONGOING;

  /** Decided is not the same as seen: markers follow, partition by partition. */
  enum Status { ONGOING, COMMITTED, ABORTED }

  SimulatedTransaction(String producer, long began) {
    this.producer = producer;
    this.began = began;
  }

  String producer() {
    return producer;
  }

  long began() {
    return began;
  }

  List<ProducerRecord<String, byte[]>> records() {
    return records;
  }

  void add(SimulatedLog log, ProducerRecord<String, byte[]> record) {
    records.add(record);
    unmarked.add(log);
  }

  void add(SimulatedGroup group, Map<Integer, Long> positions) {
    offsets.computeIfAbsent(group, _ -> new LinkedHashMap<>()).putAll(positions);
  }

  boolean isOngoing() {
    return status == Status.ONGOING;
  }

  boolean isCommitted() {
    return status == Status.COMMITTED;
  }

  void decide(Status decided) {
    status = decided;
  }

  /** Whether all that it touched knows how it ended. */
  boolean isComplete() {
    return !isOngoing() && unmarked.isEmpty() && offsets.isEmpty();
  }

  /** Writes the marker of one place that does not have it yet. */
  void mark(int which) {
    int place = which % (unmarked.size() + offsets.size());
    if (place < unmarked.size()) {
      SimulatedLog log = unmarked.stream().skip(place).findFirst().orElseThrow();
      unmarked.remove(log);
      log.mark(this);
    } else {
      SimulatedGroup group = offsets.keySet().stream().skip(place - unmarked.size()).findFirst().orElseThrow();
      group.decided(Optional.ofNullable(offsets.remove(group)).orElseThrow(), isCommitted());
    }
  }
}
