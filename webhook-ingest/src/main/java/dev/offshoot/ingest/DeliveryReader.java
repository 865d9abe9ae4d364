package dev.offshoot.ingest;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.TraceParent;
import dev.offshoot.ingest.delivery.Delivery;
import dev.offshoot.ingest.delivery.DeliveryId;
import dev.offshoot.ingest.delivery.Headers;
import dev.offshoot.ingest.delivery.MalformedDelivery;
import dev.offshoot.ingest.delivery.Payload;

/**
 * Reads a delivery that has come in whole. Holds the order for every git host: signature, then JSON within
 * bounds, then the repository, and only then what the delivery says.
 */
final class DeliveryReader {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryReader.class);

  private final Clock clock;

  DeliveryReader(Clock clock) {
    this.clock = clock;
  }

  /** What a delivery comes to before Kafka is asked. */
  sealed interface Reading {
    /** @param messages at least one */
    record Publish(List<Message> messages) implements Reading {}

    record Answered(Answer answer) implements Reading {}
  }

  Reading read(Hook hook, Headers headers, byte[] body) {
    RepositoryConfig repository = hook.repository();
    if (!hook.host().authentic(headers, body, repository.secrets())) {
      return answered(Verdict.UNAUTHENTIC,
          "the signature fits none of this hook's secrets: set the same secret at the git host and "
          + "under repositories." + repository.key() + ".secrets");
    }
    try {
      return authentic(hook, new Received(headers, id(hook, headers, body)), Payload.of(DeliveryJson.read(body)));
    } catch (MalformedDelivery e) {
      return answered(Verdict.MALFORMED, e.problem());
    } catch (IOException e) {
      return answered(Verdict.MALFORMED, "the body is not one JSON document without duplicate keys, at most "
          + DeliveryJson.MAX_DEPTH + " deep: set the webhook's content type to application/json at the git host");
    }
  }

  private Reading authentic(Hook hook, Received delivery, Payload body) {
    RepositoryConfig repository = hook.repository();
    Optional<String> named = hook.host().repository(body);
    if (named.isPresent() && !named.get().equals(repository.fullName())) {
      return answered(Verdict.WRONG_REPOSITORY, "this hook is for " + repository.fullName()
          + " and the delivery is about another repository: give each repository its own hook, or correct repositories."
          + repository.key() + ".fullName");
    }
    return switch (hook.host().read(delivery.headers(), body, repository)) {
      case Delivery.Ignored ignored -> answered(Verdict.IGNORED, ignored.reason());
      case Delivery.Accepted _ when named.isEmpty() -> answered(Verdict.MALFORMED,
          "$.repository must be an object. Send the git host's own payload unchanged.");
      case Delivery.Accepted accepted -> new Reading.Publish(messages(hook, accepted, delivery));
    };
  }

  private List<Message> messages(Hook hook, Delivery.Accepted accepted, Received delivery) {
    RepositoryKey key = hook.repository().key();
    DeliveryId id = delivery.id();
    if (accepted.partial()) {
      LOG.info("delivery hook={} id={} names not all that happened; comparing branches finds the rest", key, id.value());
    }
    boolean one = accepted.requests().size() == 1;
    return accepted.requests().stream()
        .map(request -> Message.first(one ? id.event(key) : id.event(key, request.origin().ref()), source(key), clock.instant(), request))
        .map(message -> traced(delivery.headers(), message))
        .toList();
  }

  /** A git host, or a proxy before us, that traces finds what its delivery led to in its own trace. */
  private static Message traced(Headers headers, Message message) {
    return headers.first(TraceParent.NAME).flatMap(TraceParent::parse).map(message::in).orElse(message);
  }

  private static EventSource source(RepositoryKey hook) {
    return new EventSource("/offshoot/webhooks/" + hook);
  }

  /** What came in. */
  private record Received(Headers headers, DeliveryId id) {}

  private static DeliveryId id(Hook hook, Headers headers, byte[] body) {
    return hook.host().deliveryId(headers).map(DeliveryId::new).orElseGet(() -> DeliveryId.ofBody(body));
  }

  private static Reading answered(Verdict verdict, String reason) {
    return new Reading.Answered(Answer.of(verdict, reason));
  }
}
