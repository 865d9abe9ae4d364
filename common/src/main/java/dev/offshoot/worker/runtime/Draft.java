package dev.offshoot.worker.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

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

  /** The size of the largest record, in bytes. */
  int largest() {
    return records.stream().mapToInt(Draft::bytes).max().orElse(0);
  }

  /** What counts against the producer's and the broker's limit: key, value and headers. */
  static int bytes(ProducerRecord<String, byte[]> record) {
    int bytes = record.key() == null ? 0 : record.key().getBytes(StandardCharsets.UTF_8).length;
    bytes += record.value() == null ? 0 : record.value().length;
    return bytes + bytes(record.headers());
  }

  static int bytes(Headers headers) {
    int bytes = 0;
    for (Header header : headers) {
      bytes += header.key().getBytes(StandardCharsets.UTF_8).length + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }

  List<ProducerRecord<String, byte[]>> records() {
    return records;
  }

  List<StateEntry> entries() {
    return entries;
  }
}
