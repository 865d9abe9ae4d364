package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.config.KafkaConfig;

/**
 * Whatever stands on the topic: the codec answers with a message or an {@link UndecodableException}, never with
 * anything else.
 */
class UndecodableEventsTest {
  private final EventCodec codec = new EventCodec(KafkaConfig.at("localhost:9092"));
  private ProducerRecord<String, byte[]> record = sample(EventType.STORES_READY);

  private ProducerRecord<String, byte[]> sample(EventType type) {
    return codec.encode(ContractValues.sample(type));
  }

  private UndecodableException refusal(Headers headers, byte @Nullable [] value) {
    return assertThrows(UndecodableException.class, () -> codec.decode(headers, value));
  }

  private UndecodableException refusalOf(Consumer<ObjectNode> change) throws Exception {
    ObjectNode document = (ObjectNode) Json.mapper().readTree(record.value());
    change.accept(document);
    return refusal(record.headers(), Json.mapper().writeValueAsBytes(document));
  }

  @Test
  void aTombstoneIsNoEvent() {
    assertThat(refusal(record.headers(), null)).hasMessageContaining("no value");
    assertThat(refusal(record.headers(), new byte[0])).hasMessageContaining("no value");
  }

  @Test
  void anUnknownTypeIsNamedInPrintableCharacters() {
    record.headers().remove("ce_type").add("ce_type", "com.example\n\u001b[31m.x".getBytes(StandardCharsets.UTF_8));

    assertThat(refusal(record.headers(), record.value())).hasMessage("Unknown event type com.example??[31m.x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_specversion", "ce_id", "ce_source", "ce_type"})
  void anEventWithoutARequiredHeaderIsRefused(String header) {
    record.headers().remove(header);

    refusal(record.headers(), record.value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_specversion", "ce_source", "ce_time", "ce_type"})
  void aHeaderOfJunkIsRefused(String header) {
    for (byte[] junk : List.of(new byte[0], new byte[] {(byte) 0xff, 0}, " :/\\%zz".getBytes(StandardCharsets.UTF_8))) {
      record.headers().remove(header).add(header, junk);

      refusal(record.headers(), record.value());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_id", "ce_source", "ce_subject"})
  void aHeaderThatDisagreesWithTheDocumentIsRefused(String header) {
    record.headers().remove(header).add(header, "other".getBytes(StandardCharsets.UTF_8));

    assertThat(refusal(record.headers(), record.value())).hasMessageContaining("disagree");
  }

  @Test
  void aDocumentOfAnotherTypeThanItsHeaderIsRefused() {
    record.headers().remove("ce_type").add("ce_type", EventType.COMMIT_ACCEPTED.typeName()
        .getBytes(StandardCharsets.UTF_8));

    assertThat(refusal(record.headers(), record.value())).hasMessageContaining("disagree");
  }

  @Test
  void aHeaderWithoutValueIsRefused() {
    record.headers().remove("ce_id").add("ce_id", null);

    refusal(record.headers(), record.value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "42", "[]", "\"x\"", "{}", "{", "{\"customData\":[]}",
      "{\"customData\":{\"data\":{}}}", "junk"})
  void aValueThatIsNoDocumentOfOursIsRefused(String value) {
    refusal(record.headers(), value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void invalidUtf8IsRefused() {
    byte[] value = record.value().clone();
    value[new String(value, StandardCharsets.ISO_8859_1).indexOf("\"host\"") + 1] = (byte) 0xff;

    refusal(record.headers(), value);
  }

  @Test
  void aFieldSaidTwiceIsRefused() {
    String twice = new String(record.value(), StandardCharsets.UTF_8)
        .replaceFirst("\"repository\":", "\"repository\":\"shop\",\"repository\":");

    refusal(record.headers(), twice.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void deepNestingIsRefusedWithoutAStackOverflow() {
    for (String deep : List.of("[".repeat(1_000_000), "{\"a\":".repeat(1_000_000))) {
      refusal(record.headers(), deep.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aTimeThatIsNoneIsRefused() throws Exception {
    refusalOf(document -> document.withObject("/context").put("timestamp", "yesterday"));
    refusalOf(document -> document.withObject("/context").remove("timestamp"));
  }

  @Test
  void anEnvironmentThatIsNoneIsRefused() throws Exception {
    refusalOf(document -> document.withObject("/subject").put("id", "'; DROP DATABASE x;--"));
    refusalOf(document -> document.withObject("/subject").putNull("id"));
    refusalOf(document -> document.remove("subject"));
  }

  @Test
  void aNumberOutOfRangeIsRefused() throws Exception {
    for (long number : new long[] {0, -1, 1_000_000, 1L << 40}) {
      refusalOf(document -> document.withObject("/customData").put("incarnation", number));
    }
    refusalOf(document -> document.withObject("/customData").put("incarnation", "one"));
    refusalOf(document -> document.withObject("/customData/data").put("took", "forever"));
  }

  /** A value with a hole must not reach a worker: nothing in it expects null. */
  @ParameterizedTest
  @EnumSource(EventType.class)
  void anEventWithoutAFieldThatIsNotOptionalIsRefused(EventType type) throws Exception {
    record = sample(type);
    ObjectNode document = (ObjectNode) Json.mapper().readTree(record.value());
    List<JsonHoles.Hole> holes = JsonHoles.in(document.at("/customData"), "/customData").stream()
        .filter(hole -> !hole.field().equals("sequence")).toList();

    assertThat(holes).isNotEmpty();
    for (JsonHoles.Hole hole : holes) {
      assertThatThrownBy(() -> codec.decode(record.headers(), Json.mapper().writeValueAsBytes(hole.madeIn(document))))
          .as(type + " without " + hole).isInstanceOf(UndecodableException.class);
    }
  }

  @Test
  void theReasonIsOneLineOfBoundedLength() throws Exception {
    UndecodableException refusal = refusalOf(document -> document.withObject("/subject").put("id",
        "x\n".repeat(10_000)));

    assertThat(refusal.getMessage()).hasSizeLessThan(500).doesNotContain("\n");
  }

  @Property(tries = 3_000)
  void anyBytesAreAMessageOrUndecodable(@ForAll byte[] value) {
    refusal(record.headers(), value);
  }

  /** A good record with one byte changed may still be one, but nothing else may come of it. */
  @Property(tries = 3_000)
  void aDamagedRecordIsAMessageOrUndecodable(@ForAll int place, @ForAll byte damage) {
    byte[] value = record.value().clone();
    value[Math.floorMod(place, value.length)] = damage;
    try {
      assertThat(codec.decode(record.headers(), value)).isNotNull();
    } catch (UndecodableException e) {
      assertThat(e).hasMessageContaining("event");
    }
  }
}
