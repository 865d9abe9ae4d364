package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

class EventCodecTest {
  private final EventCodec codec = new EventCodec(KafkaConfig.at("localhost:9092"));

  @Property(tries = 3_000)
  void whatIsWrittenIsReadAgain(@ForAll("messages") Message message) throws UndecodableException {
    ProducerRecord<String, byte[]> record = codec.encode(message);

    assertThat(codec.decode(record.headers(), record.value())).isEqualTo(message);
  }

  @Property(tries = 500)
  void theHeadersSayWhatTheDocumentSays(@ForAll("messages") Message message) throws Exception {
    ProducerRecord<String, byte[]> record = codec.encode(message);
    JsonNode context = Json.mapper().readTree(record.value()).path("context");

    assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
    assertThat(header(record, "content-type")).isEqualTo("application/json");
    assertThat(header(record, "ce_id")).isEqualTo(context.path("id").asText());
    assertThat(header(record, "ce_source")).isEqualTo(context.path("source").asText());
    assertThat(header(record, "ce_type")).isEqualTo(context.path("type").asText());
    assertThat(header(record, "ce_subject")).isEqualTo(message.environment().value()).isEqualTo(record.key());
    assertThat(header(record, "ce_partitionkey")).isEqualTo(record.key());
  }

  @Property(tries = 500)
  void requestsAndLifecycleEventsHaveTheirTopicAndTheEnvironmentsPartition(@ForAll("messages") Message message) {
    ProducerRecord<String, byte[]> record = codec.encode(message);

    assertThat(record.topic()).isEqualTo(message.event() instanceof Request
        ? "offshoot.requests" : "offshoot.environments");
    assertThat(record.partition()).isEqualTo(Partitions.of(message.environment(), 24));
  }

  /** The document says what the records hold and nothing that a method derives from them. */
  @Property(tries = 500)
  void theDataHasExactlyTheFieldsOfTheEvent(@ForAll("messages") Message message) throws Exception {
    JsonNode data = Json.mapper().readTree(codec.encode(message).value()).at("/customData/data");
    List<String> fields = new ArrayList<>();
    for (var component : message.event().getClass().getRecordComponents()) {
      if (!component.getName().equals("origin") && !component.getName().equals("subject")) {
        fields.add(component.getName());
      }
    }

    assertThat(data.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(fields);
  }

  @Property(tries = 500)
  void fieldsOfANewerVersionAreIgnored(@ForAll("messages") Message message) throws Exception {
    ProducerRecord<String, byte[]> record = codec.encode(message);
    ObjectNode document = (ObjectNode) Json.mapper().readTree(record.value());
    addUnknown(document);
    record.headers().add("ce_new", "x".getBytes(StandardCharsets.UTF_8));

    assertThat(codec.decode(record.headers(), Json.mapper().writeValueAsBytes(document))).isEqualTo(message);
  }

  /** Into every object, at every depth; a facet of a newer version is one of them. */
  private static void addUnknown(JsonNode node) {
    for (JsonNode child : node) {
      addUnknown(child);
    }
    if (node instanceof ObjectNode object) {
      object.put("newer", 42);
    }
  }

  /** As it was written before an environment could be rebuilt. */
  @Example
  void aModifiedFromBeforeRebuildsHasNoReplacement() throws Exception {
    Message message = ContractValues.sample(EventType.ENVIRONMENT_MODIFIED);
    ProducerRecord<String, byte[]> written = codec.encode(message);
    ObjectNode document = (ObjectNode) Json.mapper().readTree(written.value());
    document.withObject("/customData/data").remove("replacement");

    assertThat(codec.decode(written.headers(), Json.mapper().writeValueAsBytes(document))).isEqualTo(message);
    assertThat(((LifecycleEvent.EnvironmentModified) message.event()).replacement()).isEmpty();
  }

  @Example
  void everyEventHasATypeOfItsOwn() {
    assertThat(EventType.values()).extracting(EventType::event).containsExactlyInAnyOrderElementsOf(records(Event.class));
    assertThat(EventType.values()).extracting(EventType::typeName).doesNotHaveDuplicates();
  }

  /** Also of the groups that a sealed type has. */
  private static List<Class<? extends Event>> records(Class<? extends Event> type) {
    return type.isRecord() ? List.of(type) : Arrays.stream(type.getPermittedSubclasses())
        .flatMap(part -> records(part.asSubclass(Event.class)).stream()).toList();
  }

  private static String header(ProducerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<Message> messages() {
    return Arbitraries.of(EventType.class).flatMap(ContractValues::messages);
  }
}
