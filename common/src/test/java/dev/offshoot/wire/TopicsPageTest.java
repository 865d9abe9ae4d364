package dev.offshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;

/** The page for consumers shows an event as it is written. */
class TopicsPageTest {
  private static final Path PAGE = Path.of("../docs/topics.md");
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final Pattern HEADER = Pattern.compile("\\| `(ce_[a-z]+)` \\| `([^`]+)`");

  private final EventCodec codec = new EventCodec(KafkaConfig.at("localhost:9092"));
  private final String page = read();

  private static String read() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String example() {
    Matcher found = EXAMPLE.matcher(page);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private Map<String, String> documentedHeaders() {
    return HEADER.matcher(page).results().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
  }

  @Test
  void theExampleIsWhatTheCodecWrites() throws Exception {
    Headers headers = new RecordHeaders();
    documentedHeaders().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    headers.add("ce_specversion", "1.0".getBytes(StandardCharsets.UTF_8));

    Message message = codec.decode(headers, example().getBytes(StandardCharsets.UTF_8));
    ProducerRecord<String, byte[]> written = codec.encode(message);

    assertThat(message.event()).isInstanceOf(LifecycleEvent.EnvironmentCreated.class);
    assertThat(message.environment()).isEqualTo(((LifecycleEvent) message.event()).subject().origin().environment());
    JsonNode expected = Json.mapper().readTree(example());
    assertThat(Json.mapper().readTree(written.value())).isEqualTo(expected);
    for (Header header : written.headers()) {
      assertThat(page).contains("`" + header.key() + "`");
    }
    documentedHeaders().forEach((name, value) ->
        assertThat(new String(written.headers().lastHeader(name).value(), StandardCharsets.UTF_8)).as(name)
            .isEqualTo(value));
  }

  @Test
  void theExampleIsValid() throws Exception {
    JsonNode example = Json.mapper().readTree(example());

    assertThat(new PublishedSchemas(Path.of("../docs/schemas")).problems(example.at("/context/schemaUri").asText(),
        example)).isEmpty();
  }

  @Test
  void everyLifecycleEventIsListed() {
    for (EventType type : EventType.values()) {
      if (LifecycleEvent.class.isAssignableFrom(type.event())) {
        String withoutVersion = type.typeName().replaceFirst("\\.[0-9]+\\.[0-9]+\\.[0-9]+$", "")
            .replace("dev.cdeventsx.", "…");
        assertThat(page).contains("| `" + withoutVersion + "` |");
      }
    }
  }
}
