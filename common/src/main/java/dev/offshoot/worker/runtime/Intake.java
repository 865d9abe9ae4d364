package dev.offshoot.worker.runtime;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.Message;
import dev.offshoot.wire.EventCodec;
import dev.offshoot.wire.Partitions;
import dev.offshoot.wire.UndecodableException;
import dev.offshoot.worker.Worker;

/** Reads records as deliveries: what is no event of ours is one too, of a lane of its own, and ends among the dead letters. */
final class Intake {
  private final Worker worker;
  private final EventCodec codec;
  private final int partitions;

  Intake(Worker worker, KafkaConfig kafka) {
    this.worker = worker;
    this.codec = new EventCodec(kafka);
    this.partitions = kafka.partitions();
  }

  Delivery delivery(ConsumerRecord<String, byte[]> record, long assignment) {
    String key = record.key() == null ? "" : record.key();
    try {
      Message message = codec.decode(record.headers(), record.value());
      if (record.partition() != Partitions.of(message.environment(), partitions)) {
        String reason = "The record stands on a partition that is not its environment's: its producer partitions otherwise";
        return new Delivery(record, assignment, "undecodable " + key, new Delivery.Content.Undecodable(reason));
      }
      Delivery.Content content =
          worker.takes(message.event()) ? new Delivery.Content.Decoded(message) : new Delivery.Content.NotTaken();
      return new Delivery(record, assignment, message.environment().value(), content);
    } catch (UndecodableException e) {
      return new Delivery(record, assignment, "undecodable " + key, new Delivery.Content.Undecodable(String.valueOf(e.getMessage())));
    }
  }
}
