package dev.offshoot.wire;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.FacetName;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.Event;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.TraceParent;

/**
 * A message as a Kafka record: CloudEvents 1.0 in binary mode, the value a CDEvents 0.5.1 document. CDEvents leaves no room in the
 * subject of its own types, so everything ours is in {@code customData}: what all events have (origin, incarnation, commit, cause,
 * sequence, facets) at its top, what one has under {@code data}.
 */
public final class EventCodec {
  private static final String CDEVENTS = "0.5.1";
  private static final String JSON = "application/json";

  private final ObjectMapper mapper = Json.mapper();
  private final int partitions;

  public EventCodec(KafkaConfig kafka) {
    this.partitions = kafka.partitions();
  }

  /** The record of a message, on the topic and the partition it belongs to. */
  public ProducerRecord<String, byte[]> encode(Message message) {
    EventType type = EventType.of(message.event());
    String trace = TraceParent.of(message).toString();
    CloudEvent event = CloudEventBuilder.v1()
        .withId(message.id().value())
        .withSource(URI.create(message.source().value()))
        .withType(type.typeName())
        .withSubject(message.environment().value())
        .withTime(OffsetDateTime.ofInstant(message.time(), ZoneOffset.UTC))
        .withExtension("partitionkey", message.environment().value())
        .withExtension(TraceParent.NAME, trace)
        .withData(JSON, bytes(document(message, type)))
        .build();
    Topic topic = switch (message.event()) {
      case Request _ -> Topic.REQUESTS;
      case LifecycleEvent _ -> Topic.ENVIRONMENTS;
    };
    ProducerRecord<String, byte[]> record = KafkaMessageFactory
        .<String>createWriter(topic.topicName(), Partitions.of(message.environment(), partitions), message.environment().value())
        .writeBinary(event);
    record.headers().add(TraceParent.NAME, trace.getBytes(StandardCharsets.US_ASCII));
    return record;
  }

  private ObjectNode document(Message message, EventType type) {
    ObjectNode document = mapper.createObjectNode();
    document.putObject("context")
        .put("specversion", CDEVENTS)
        .put("id", message.id().value())
        .put("source", message.source().value())
        .put("type", type.typeName())
        .put("timestamp", message.time().toString())
        .put("schemaUri", "urn:offshoot:schema:" + type.typeName())
        .put("chainId", message.chain().toString());
    ObjectNode content = document.putObject("subject").put("id", message.environment().value()).putObject("content");
    if (type.typeName().startsWith("dev.cdevents.")) {
      content.put("name", message.environment().value());
    }
    document.set("customData", customData(message));
    return document.put("customDataContentType", JSON);
  }

  private ObjectNode customData(Message message) {
    ObjectNode data = mapper.valueToTree(message.event());
    ObjectNode custom = mapper.createObjectNode();
    switch (message.event()) {
      case Request _ -> custom.setAll((ObjectNode) data.remove("origin"));
      case LifecycleEvent _ -> {
        ObjectNode subject = (ObjectNode) data.remove("subject");
        custom.setAll((ObjectNode) subject.remove("origin"));
        custom.setAll(subject);
      }
    }
    message.cause().ifPresent(cause -> custom.put("cause", cause.value()));
    if (message.sequence() > 0) {
      custom.put("sequence", message.sequence());
    }
    if (!message.facets().isEmpty()) {
      ObjectNode facets = custom.putObject("facets");
      message.facets().forEach((facet, version) -> facets.put(facet.key(), version));
    }
    custom.set("data", data);
    return custom;
  }

  private byte[] bytes(ObjectNode document) {
    try {
      return mapper.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An event of ours could not be written as JSON", e);
    }
  }

  /**
   * The message of a record.
   *
   * @param value null for a tombstone, which is no event
   * @throws UndecodableException when it is not an event of ours, with the reason
   */
  public Message decode(Headers headers, byte @Nullable [] value) throws UndecodableException {
    if (value == null || value.length == 0) {
      throw new UndecodableException("The record has no value");
    }
    try {
      CloudEvent event = KafkaMessageFactory.createReader(headers, value).toEvent();
      EventType type = EventType.named(event.getType())
          .orElseThrow(() -> new UndecodableException("Unknown event type " + printable(event.getType())));
      JsonNode document = mapper.readTree(value);
      if (!agree(event, document)) {
        throw new UndecodableException("Headers and document of the event disagree");
      }
      return message(type, document, sender(headers));
    } catch (IOException | RuntimeException e) {
      // The libraries answer junk with unrelated exceptions; one that got away would stop the partition.
      throw new UndecodableException("The record is not an event of ours", e);
    }
  }

  /** CDEvents' mapping; who filters by headers must see what who reads the document sees. */
  private static boolean agree(CloudEvent event, JsonNode document) {
    JsonNode context = document.path("context");
    return event.getId().equals(context.path("id").asText())
        && event.getType().equals(context.path("type").asText())
        && event.getSource().toString().equals(context.path("source").asText())
        && document.path("subject").path("id").asText().equals(event.getSubject());
  }

  /** Where the record's sender was in a trace; instruments of the transport write the plain header, so it is the newer. */
  private static Optional<TraceParent> sender(Headers headers) {
    return Stream.of(TraceParent.NAME, "ce_" + TraceParent.NAME)
        .map(headers::lastHeader)
        .filter(header -> header != null && header.value() != null)
        .flatMap(header -> TraceParent.parse(new String(header.value(), StandardCharsets.US_ASCII)).stream())
        .findFirst();
  }

  /** Others need not name a chain in a request: it goes on in their trace, else it starts one. */
  private static UUID chain(JsonNode context, EventType type, Optional<TraceParent> sender) {
    if (context.hasNonNull("chainId") || !Request.class.isAssignableFrom(type.event())) {
      return UUID.fromString(context.path("chainId").asText());
    }
    return sender.map(TraceParent::trace).orElseGet(() ->
        Message.chain(new EventSource(context.path("source").asText()), new EventId(context.path("id").asText())));
  }

  private Message message(EventType type, JsonNode document, Optional<TraceParent> sender)
      throws UndecodableException, JsonProcessingException {
    JsonNode context = document.path("context");
    if (!(document.path("customData") instanceof ObjectNode custom) || !(custom.path("data") instanceof ObjectNode data)) {
      throw new UndecodableException("The event has no customData.data");
    }
    ObjectNode origin = mapper.createObjectNode();
    copy(custom, origin, "kind", "repository", "ref", "rehearsal");
    ObjectNode whole = data.deepCopy();
    if (Request.class.isAssignableFrom(type.event())) {
      whole.set("origin", origin);
    } else {
      ObjectNode subject = whole.putObject("subject");
      subject.set("origin", origin);
      copy(custom, subject, "incarnation", "commit");
    }
    Event event = mapper.treeToValue(whole, type.event());
    EnvironmentId environment = new EnvironmentId(document.path("subject").path("id").asText());
    if (!environment.equals(originOf(event).environment())) {
      throw new UndecodableException("The event's subject is not the environment of its origin");
    }
    return new Message(
        new EventId(context.path("id").asText()),
        new EventSource(context.path("source").asText()),
        Instant.parse(context.path("timestamp").asText()),
        environment,
        custom.hasNonNull("cause") ? Optional.of(new EventId(custom.get("cause").asText())) : Optional.empty(),
        chain(context, type, sender),
        custom.path("sequence").asLong(0),
        facets(custom.path("facets")),
        event);
  }

  private static Origin originOf(Event event) {
    return switch (event) {
      case Request request -> request.origin();
      case LifecycleEvent happened -> happened.subject().origin();
    };
  }

  private static void copy(ObjectNode from, ObjectNode to, String... fields) {
    for (String field : fields) {
      if (from.has(field)) {
        to.set(field, from.get(field));
      }
    }
  }

  /** A facet that only a newer version knows is none to wait for. */
  private static Map<FacetName, Long> facets(JsonNode node) {
    Map<FacetName, Long> facets = new EnumMap<>(FacetName.class);
    for (FacetName name : FacetName.values()) {
      if (node.has(name.key())) {
        facets.put(name, node.get(name.key()).asLong());
      }
    }
    return facets;
  }

  private static String printable(String text) {
    String shown = text.replaceAll("[^\\x20-\\x7e]", "?");
    return shown.length() > 100 ? shown.substring(0, 100) : shown;
  }
}
