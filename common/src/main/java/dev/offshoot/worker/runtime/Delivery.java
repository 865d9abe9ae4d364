package dev.offshoot.worker.runtime;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.offshoot.event.Message;

/**
 * A record as it was delivered to this member.
 *
 * @param assignment which assignment of its partition it came with; its outcome counts only while that lasts
 * @param lane what it is ordered with: its environment
 */
record Delivery(ConsumerRecord<String, byte[]> record, long assignment, String lane, Content content) {

  int partition() {
    return record.partition();
  }

  long offset() {
    return record.offset();
  }

  /** About how much memory it holds, in bytes: the record, and as much again for what it was decoded to. */
  long weight() {
    byte[] value = record.value();
    return 1_024 + Draft.bytes(record.headers()) + (value == null ? 0 : 2L * value.length);
  }

  /** Whether a newer update right behind it makes it superfluous. */
  boolean isUpdate() {
    return switch (content) {
      case Content.Decoded d -> d.message().event().isUpdate();
      case Content.Undecodable _, Content.NotTaken _ -> false;
    };
  }

  /** Whether an update before it in its lane may stop at its next step. */
  boolean endsUpdates() {
    return switch (content) {
      case Content.Decoded d -> d.message().event().endsUpdates();
      case Content.Undecodable _, Content.NotTaken _ -> false;
    };
  }

  /** What the record turned out to be. */
  sealed interface Content {
    record Decoded(Message message) implements Content {}

    record Undecodable(String reason) implements Content {}

    /** The worker has nothing to do with it. */
    record NotTaken() implements Content {}
  }
}
