package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.Message;

/** The trace of a record is the chain of its message. */
class TraceHeadersTest {
  private static final String THEIRS = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OTHERS = "0af7651916cd43dd8448eb211c80319c";

  private final EventCodec codec = new EventCodec(KafkaConfig.at("localhost:9092"));

  private static String header(ProducerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void set(ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] withChain(ProducerRecord<String, byte[]> record, String... chain) throws Exception {
    ObjectNode document = (ObjectNode) Json.mapper().readTree(record.value());
    document.withObject("/context").remove("chainId");
    for (String each : chain) {
      document.withObject("/context").put("chainId", each);
    }
    return Json.mapper().writeValueAsBytes(document);
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void bothHeadersOfEveryEventSayTheChainAndTheEventsSpan(EventType type) {
    Message message = ContractValues.sample(type);

    ProducerRecord<String, byte[]> record = codec.encode(message);

    assertThat(header(record, "traceparent")).isEqualTo(header(record, "ce_traceparent"))
        .matches("00-" + message.chain().toString().replace("-", "") + "-[0-9a-f]{16}-01");
    assertThat(record.headers().headers("traceparent")).hasSize(1);
  }

  @Test
  void aRequestOfOthersWithoutAChainGoesOnInTheirTrace() throws Exception {
    ProducerRecord<String, byte[]> record = codec.encode(ContractValues.sample(EventType.CREATE_REQUESTED));
    set(record, "traceparent", "00-" + THEIRS + "-00f067aa0ba902b7-00");
    set(record, "ce_traceparent", "00-" + OTHERS + "-00f067aa0ba902b7-00");

    Message read = codec.decode(record.headers(), withChain(record));

    assertThat(header(codec.encode(read), "traceparent")).startsWith("00-" + THEIRS);
    assertThat(read.chain()).hasToString("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
  }

  @Test
  void theCloudEventsExtensionAloneIsEnough() throws Exception {
    ProducerRecord<String, byte[]> record = codec.encode(ContractValues.sample(EventType.CREATE_REQUESTED));
    set(record, "traceparent", "junk");
    set(record, "ce_traceparent", "00-" + OTHERS + "-00f067aa0ba902b7-00");

    assertThat(codec.decode(record.headers(), withChain(record)).chain()).hasToString("0af76519-16cd-43dd-8448-eb211c80319c");
  }

  @Test
  void aRequestWithNeitherStartsAChainThatIsTheSameEachTimeItIsRead() throws Exception {
    ProducerRecord<String, byte[]> record = codec.encode(ContractValues.sample(EventType.CREATE_REQUESTED));
    record.headers().remove("traceparent").remove("ce_traceparent");
    byte[] value = withChain(record);

    UUID chain = codec.decode(record.headers(), value).chain();

    assertThat(codec.decode(record.headers(), value).chain()).isEqualTo(chain);
  }

  @Test
  void aChainThatIsNamedStands() throws Exception {
    Message message = ContractValues.sample(EventType.CREATE_REQUESTED);
    ProducerRecord<String, byte[]> record = codec.encode(message);
    set(record, "traceparent", "00-" + THEIRS + "-00f067aa0ba902b7-00");

    assertThat(codec.decode(record.headers(), record.value()).chain()).isEqualTo(message.chain());
  }

  @Test
  void aLifecycleEventHasAChainAndNoneIsAllZeros() {
    ProducerRecord<String, byte[]> event = codec.encode(ContractValues.sample(EventType.STORES_READY));
    ProducerRecord<String, byte[]> request = codec.encode(ContractValues.sample(EventType.CREATE_REQUESTED));

    assertThatThrownBy(() -> codec.decode(event.headers(), withChain(event))).isInstanceOf(UndecodableException.class);
    assertThatThrownBy(() -> codec.decode(request.headers(), withChain(request, new UUID(0, 0).toString())))
        .isInstanceOf(UndecodableException.class);
  }
}
