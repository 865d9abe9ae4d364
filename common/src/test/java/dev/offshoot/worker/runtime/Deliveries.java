package dev.offshoot.worker.runtime;

import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

/** Deliveries to give to lanes, without a broker. */
final class Deliveries {
  /** What a delivery is to its lane. */
  enum Kind { UPDATE, BARRIER, UNDECODABLE, NOT_TAKEN }

  private static final Origin ORIGIN = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("x"));

  private Deliveries() {}

  static Delivery of(Lanes lanes, int partition, long offset, String lane, Kind kind) {
    long assignment = lanes.assignment(partition).orElseThrow();
    Delivery.Content content = switch (kind) {
      case UPDATE -> decoded(new Request.BranchPushed(ORIGIN, new Commit("1".repeat(40)), false, false, "ann"));
      case BARRIER -> decoded(new Request.BranchDeleted(ORIGIN, "ann"));
      case UNDECODABLE -> new Delivery.Content.Undecodable("junk");
      case NOT_TAKEN -> new Delivery.Content.NotTaken();
    };
    return new Delivery(new ConsumerRecord<>("offshoot.requests", partition, offset, lane, new byte[0]), assignment,
        lane, content);
  }

  private static Delivery.Content decoded(Request request) {
    return new Delivery.Content.Decoded(
        Message.first(new EventId("e"), new EventSource("/offshoot/webhooks/shop"), Instant.EPOCH, request));
  }
}
