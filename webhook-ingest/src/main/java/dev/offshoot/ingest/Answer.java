package dev.offshoot.ingest;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.event.Message;

/**
 * What the sender of a delivery is told.
 *
 * @param reason why, and what to do
 * @param message what was published; only of an accepted delivery
 */
record Answer(Verdict verdict, String reason, Optional<Message> message) {

  static Answer of(Verdict verdict, String reason) {
    return new Answer(verdict, reason, Optional.empty());
  }

  static Answer accepted(Message message) {
    return new Answer(Verdict.ACCEPTED, "the request is published", Optional.of(message));
  }

  String json() {
    ObjectNode json = json(verdict.status(), reason);
    message.ifPresent(published -> json
        .put("event", published.id().value())
        .put("environment", published.environment().value()));
    return json.toString();
  }

  /** The shape of every answer. */
  static ObjectNode json(String status, String reason) {
    return JsonNodeFactory.instance.objectNode().put("status", status).put("reason", reason);
  }
}
