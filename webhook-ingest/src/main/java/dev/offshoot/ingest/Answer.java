package dev.offshoot.ingest;

import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.event.Message;

/**
 * What the sender of a delivery is told.
 *
 * @param reason why, and what to do
 * @param published what was published; only of an accepted delivery
 */
record Answer(Verdict verdict, String reason, List<Message> published) {

  Answer {
    published = List.copyOf(published);
  }

  static Answer of(Verdict verdict, String reason) {
    return new Answer(verdict, reason, List.of());
  }

  static Answer accepted(List<Message> published) {
    return new Answer(Verdict.ACCEPTED,
        published.size() == 1 ? "the request is published" : published.size() + " requests are published", published);
  }

  /** The first request stands for all: a delivery may lead to many. */
  String json() {
    ObjectNode json = json(verdict.status(), reason);
    published.stream().findFirst().ifPresent(first -> json
        .put("requests", published.size())
        .put("event", first.id().value())
        .put("environment", first.environment().value()));
    return json.toString();
  }

  /** The shape of every answer. */
  static ObjectNode json(String status, String reason) {
    return JsonNodeFactory.instance.objectNode().put("status", status).put("reason", reason);
  }
}
