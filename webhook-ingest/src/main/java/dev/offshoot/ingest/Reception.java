package dev.offshoot.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.event.Message;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.ingest.delivery.Headers;

/** Reads a delivery that has come in whole and publishes what it asks for. */
final class Reception {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private final DeliveryReader reader;
  private final RequestPublisher publisher;

  Reception(DeliveryReader reader, RequestPublisher publisher) {
    this.reader = reader;
    this.publisher = publisher;
  }

  /** The answer to the sender; "accepted" only once every request is durable. */
  CompletableFuture<Answer> receive(Hook hook, Headers headers, byte[] body) {
    return switch (reader.read(hook, headers, body)) {
      case DeliveryReader.Reading.Answered answered -> CompletableFuture.completedFuture(answered.answer());
      case DeliveryReader.Reading.Publish publish -> publish(publish.messages());
    };
  }

  /** Requests of a delivery that is refused may already stand on the topic: it is sent again, and they with it, under the same ids. */
  private CompletableFuture<Answer> publish(List<Message> messages) {
    FaultPoint.at("delivery.publish.before");
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    messages.forEach(message -> sent.add(publisher.publish(message)));
    return CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new)).handle((_, failure) -> {
      if (failure == null) {
        FaultPoint.at("delivery.publish.after");
        return Answer.accepted(messages);
      }
      Throwable cause = failure instanceof CompletionException wrapper && wrapper.getCause() != null
          ? wrapper.getCause() : failure;
      Message first = messages.getFirst();
      LOG.warn("Event {} of {} is not published: {}", first.id(), first.source(), cause.toString());
      return Answer.of(Verdict.UNAVAILABLE, "Kafka did not take the request in time: deliver again later");
    });
  }
}
