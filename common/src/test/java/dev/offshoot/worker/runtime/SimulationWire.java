package dev.offshoot.worker.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.Message;
import dev.offshoot.wire.EventCodec;
import dev.offshoot.wire.StateCodec;
import dev.offshoot.wire.StateEntry;
import dev.offshoot.wire.StateRows;
import dev.offshoot.wire.UndecodableException;

/** The real codecs. What stands on a topic never changes, so each state entry is read once for all who tail it. */
final class SimulationWire {
  private final KafkaConfig kafka;
  private final EventCodec events;
  private final StateCodec states;
  private final IdentityHashMap<byte[], StateEntry> entries = new IdentityHashMap<>();

  SimulationWire(int partitions) {
    this.kafka = new KafkaConfig("simulated:9092", partitions, 1, Map.of());
    this.events = new EventCodec(kafka);
    this.states = new StateCodec(kafka);
  }

  int partitions() {
    return kafka.partitions();
  }

  Dispatcher dispatcher(SimulatedWorker worker, StateRows rows) {
    Scribe scribe = new Scribe(worker.name(), "id-of-" + worker.topic(), rows, new Scribe.Codecs(events, states),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    return new Dispatcher(new Intake(worker, kafka), scribe, rows);
  }

  ProducerRecord<String, byte[]> record(Message message) {
    return events.encode(message);
  }

  StateEntry entry(String key, byte[] value) {
    return entries.computeIfAbsent(value, bytes -> {
      try {
        return states.decode(key, bytes).orElseThrow();
      } catch (UndecodableException e) {
        throw new AssertionError("What a worker wrote cannot be read: " + key, e);
      }
    });
  }

  Optional<Message> message(ConsumerRecord<String, byte[]> record) {
    try {
      return Optional.of(events.decode(record.headers(), record.value()));
    } catch (UndecodableException _) {
      return Optional.empty();
    }
  }

  static String header(Headers headers, String name) {
    return new String(headers.lastHeader("offshoot_dead_letter_" + name).value(), StandardCharsets.UTF_8);
  }
}
