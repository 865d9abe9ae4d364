package dev.offshoot.proof.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import dev.offshoot.proof.check.Expectation.Position;

/** Reads all topics from their beginnings, as anyone outside would. */
final class TopicReader {
  private static final List<String> TOPICS =
      List.of(History.REQUESTS, History.ENVIRONMENTS, History.STATE, History.DEAD_LETTERS);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(200);

  private final String kafka;

  TopicReader(String kafka) {
    this.kafka = kafka;
  }

  /**
   * What is committed now.
   *
   * @param texts each record's bytes as they are, one character per byte
   */
  record Log(History history, Map<Position, String> texts) {}

  Log read() {
    try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed", "auto.offset.reset", "earliest",
            "enable.auto.commit", "false"),
        new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all = TOPICS.stream().flatMap(topic -> consumer.partitionsFor(topic).stream())
          .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      List<Line> lines = new ArrayList<>();
      Map<Position, String> texts = new LinkedHashMap<>();
      while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, byte[]> read : consumer.poll(POLL)) {
          Line line = line(read);
          lines.add(line);
          texts.put(line.position(), text(read));
        }
      }
      return new Log(new History(lines), texts);
    }
  }

  private static Line line(ConsumerRecord<String, byte[]> read) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : read.headers()) {
      headers.put(header.key(), new String(bytes(header.value()), StandardCharsets.UTF_8));
    }
    return new Line(new Position(read.topic(), read.partition(), read.offset()), Optional.ofNullable(read.key()).orElse(""), headers,
        tree(bytes(read.value())));
  }

  static JsonNode tree(byte[] bytes) {
    try {
      return Optional.ofNullable(JSON.readTree(bytes)).orElseGet(MissingNode::getInstance);
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }

  private static String text(ConsumerRecord<String, byte[]> read) {
    StringBuilder text = new StringBuilder();
    Stream.concat(
        Stream.of(Optional.ofNullable(read.key()).orElse("").getBytes(StandardCharsets.UTF_8), bytes(read.value())),
        Stream.of(read.headers().toArray()).map(header -> bytes(header.value())))
        .forEach(bytes -> text.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n'));
    return text.toString();
  }

  private static byte[] bytes(byte @org.jspecify.annotations.Nullable [] value) {
    return value == null ? new byte[0] : value;
  }
}
