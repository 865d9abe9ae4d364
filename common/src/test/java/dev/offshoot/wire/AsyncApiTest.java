package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.FacetName;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Request;

/** {@code docs/asyncapi.yaml} describes the topics as they are made and the messages as they are. */
class AsyncApiTest {
  private static final Path DOCS = Path.of("../docs");
  private final JsonNode api = read();

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(DOCS.resolve("asyncapi.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode channel(Topic topic) {
    for (JsonNode channel : api.path("channels")) {
      if (channel.path("address").asText().equals(topic.topicName())) {
        return channel;
      }
    }
    throw new AssertionError("No channel for " + topic.topicName());
  }

  /** The node that a local reference points to. */
  private JsonNode target(JsonNode reference) {
    JsonNode target = api.at(reference.path("$ref").asText().substring(1));
    assertThat(target.isMissingNode()).as(reference.toString()).isFalse();
    return target;
  }

  @Test
  void itIsOfTheVersionThatReadersKnow() {
    assertThat(api.path("asyncapi").asText()).isEqualTo("3.0.0");
  }

  @Test
  void everyTopicHasAChannelWithItsSettings() {
    assertThat(api.path("channels")).hasSameSizeAs(Topic.values());
    for (Topic topic : Topic.values()) {
      JsonNode kafka = channel(topic).at("/bindings/kafka");
      Map<String, String> settings = new HashMap<>();
      kafka.path("topicConfiguration").properties()
          .forEach(e -> settings.put(e.getKey(), (e.getValue().isArray() ? e.getValue().get(0) : e.getValue()).asText()));

      assertThat(settings).as(topic.topicName()).isEqualTo(topic.settings());
      assertThat(kafka.path("topic").asText()).isEqualTo(topic.topicName());
      assertThat(kafka.path("partitions").asInt()).isEqualTo(KafkaConfig.DEFAULT_PARTITIONS);
      assertThat(kafka.path("replicas").asInt()).isEqualTo(KafkaConfig.at("localhost:9092").replicas());
    }
  }

  @Test
  void everyEventIsAMessageOfItsChannel() {
    assertThat(messages(Topic.REQUESTS)).isEqualTo(types(Request.class::isAssignableFrom));
    assertThat(messages(Topic.ENVIRONMENTS)).isEqualTo(types(LifecycleEvent.class::isAssignableFrom));
  }

  @Test
  void everyFacetIsAMessageOfTheState() {
    Set<String> facets = Stream.of(FacetName.values()).map(FacetName::key)
        .collect(Collectors.toCollection(HashSet::new));
    facets.add("cursor");

    assertThat(messages(Topic.STATE)).isEqualTo(facets);
  }

  private Set<String> messages(Topic topic) {
    Set<String> names = new HashSet<>();
    for (JsonNode reference : channel(topic).path("messages")) {
      names.add(target(reference).path("name").asText());
    }
    return names;
  }

  private static Set<String> types(Predicate<Class<? extends Event>> which) {
    return Stream.of(EventType.values()).filter(type -> which.test(type.event())).map(EventType::typeName)
        .collect(Collectors.toSet());
  }

  @Test
  void everyPayloadIsTheSchemaOfItsMessage() {
    for (JsonNode message : api.at("/components/messages")) {
      if (message.has("payload")) {
        Path schema = DOCS.resolve(message.at("/payload/schema/$ref").asText());
        assertThat(schema).isRegularFile();
        assertThat(PublishedSchemas.read(schema).path("$id").asText()).endsWith(message.path("name").asText());
        assertThat(PublishedSchemas.read(schema).path("title").asText()).isEqualTo(message.path("title").asText());
      }
    }
  }

  @Test
  void everyReferenceHasATarget() {
    for (JsonNode reference : api.findParents("$ref")) {
      String target = reference.path("$ref").asText();
      if (target.startsWith("#")) {
        target(reference);
      }
    }
  }
}
