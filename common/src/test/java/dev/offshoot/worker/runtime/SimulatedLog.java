package dev.offshoot.worker.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * One partition of a topic as a broker keeps it: markers of transactions take offsets too, and who reads what is committed comes no
 * further than the oldest record that is undecided.
 */
final class SimulatedLog {
  private final String topic;
  private final int partition;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<SimulatedTransaction, Long> undecided = new LinkedHashMap<>();

  private sealed interface Entry {
    record Data(ConsumerRecord<String, byte[]> record, Optional<SimulatedTransaction> transaction) implements Entry {}

    record Marker() implements Entry {}
  }

  /** What a read brought, and where to go on. */
  record Fetched(List<ConsumerRecord<String, byte[]>> records, long position) {}

  SimulatedLog(String topic, int partition) {
    this.topic = topic;
    this.partition = partition;
  }

  String topic() {
    return topic;
  }

  int partition() {
    return partition;
  }

  void append(ProducerRecord<String, byte[]> record, Optional<SimulatedTransaction> transaction) {
    transaction.ifPresent(t -> undecided.putIfAbsent(t, end()));
    entries.add(new Entry.Data(new ConsumerRecord<>(topic, partition, end(), 0, TimestampType.CREATE_TIME, 0, 0, record.key(),
        record.value(), record.headers(), Optional.empty()), transaction));
  }

  /** From now on readers see what the transaction wrote here, or never will. */
  void mark(SimulatedTransaction transaction) {
    undecided.remove(transaction);
    entries.add(new Entry.Marker());
  }

  /** The high watermark. */
  long end() {
    return entries.size();
  }

  /** The end as a read_committed reader is told. */
  long stableEnd() {
    return undecided.values().stream().mapToLong(Long::longValue).min().orElse(end());
  }

  /** At most so many records from a position on. */
  Fetched read(long from, int most) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    long position = from;
    for (long end = stableEnd(); position < end && records.size() < most; position++) {
      if (entries.get((int) position) instanceof Entry.Data data
          && data.transaction().map(SimulatedTransaction::isCommitted).orElse(true)) {
        records.add(data.record());
      }
    }
    return new Fetched(records, position);
  }
}
