package dev.offshoot.worker.runtime;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;

import dev.offshoot.wire.StateEntry;

/** The records of one transaction while it is assembled in memory, and what the state table learns once it is committed. */
final class Draft {
  private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
  private final List<StateEntry> entries = new ArrayList<>();

  void add(ProducerRecord<String, byte[]> record) {
    records.add(record);
  }

  void add(ProducerRecord<String, byte[]> record, StateEntry entry) {
    records.add(record);
    entries.add(entry);
  }

  void addAll(Draft other) {
    records.addAll(other.records);
    entries.addAll(other.entries);
  }

  /** The size of the largest value, in bytes. */
  int largest() {
    return records.stream().mapToInt(record -> record.value() == null ? 0 : record.value().length).max().orElse(0);
  }

  List<ProducerRecord<String, byte[]>> records() {
    return records;
  }

  List<StateEntry> entries() {
    return entries;
  }
}
