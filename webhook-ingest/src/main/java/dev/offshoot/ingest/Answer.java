package dev.offshoot.ingest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.offshoot.event.Message;

/**
 * What the sender of a delivery is told.
 *
 * @param reason why, and what to do
 * @param published what was published; only of an accepted delivery
 * @param again when it makes sense to deliver again; only where the delivery itself is not what is wrong
 */
record Answer(Verdict verdict, String reason, List<Message> published, Optional<Duration> again) {
  /** For what is overloaded or away. */
  static final Duration LATER = Duration.ofSeconds(10);

  Answer {
    published = List.copyOf(published);
  }

  static Answer of(Verdict verdict, String reason) {
    return new Answer(verdict, reason, List.of(), verdict == Verdict.UNAVAILABLE ? Optional.of(LATER) : Optional.empty());
  }

  static Answer rateLimited(Duration again) {
    return new Answer(Verdict.RATE_LIMITED, "more deliveries came to this hook than webhooks.deliveriesPerMinute allows: deliver again later",
        List.of(), Optional.of(again));
  }

  static Answer accepted(List<Message> published) {
    return new Answer(Verdict.ACCEPTED,
        published.size() == 1 ? "the request is published" : published.size() + " requests are published", published,
        Optional.empty());
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
