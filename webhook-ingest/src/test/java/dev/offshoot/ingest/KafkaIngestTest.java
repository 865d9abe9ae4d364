package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.EmbeddedKafka;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.KafkaSettings;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.process.FreePorts;
import dev.offshoot.wire.EventCodec;
import dev.offshoot.wire.KafkaClients;
import dev.offshoot.wire.Topic;

/** From a delivery to the record on a real broker. */
@Timeout(600)
class KafkaIngestTest {
  private static final Duration SOON = Duration.ofMinutes(2);

  @Test
  void anAcceptedDeliveryStandsOnTheTopicOfRequests() throws Exception {
    KafkaConfig kafka = KafkaConfig.at(SharedServers.kafka().bootstrapServers());
    try (WebhookIngest ingest = WebhookIngest.start(TestConfig.of(kafka)); Sender sender = new Sender(ingest.port())) {
      Eventually.await("Kafka is reached", SOON, () -> sender.get("/health/ready").code() == 200);
      Capture capture = Capture.gitea("14-push");

      Sender.Reply reply = accepted(() -> sender.post("/webhooks/shop", capture.headers(), BodyPublishers.ofString(capture.body())));

      Message message = requests(kafka).stream()
          .filter(m -> m.id().value().equals(reply.json().path("event").asText())).findFirst().orElseThrow();
      Origin origin = Origin.ofBranch(TestConfig.GITEA, GitRef.ofBranch("fix/ünï-#2"));
      assertThat(message.event()).isEqualTo(
          new Request.BranchPushed(origin, new Commit("a1a7cefe35d2bc34a977e574fdc1901c5efc75b1"), true, false,
              "spiker"));
      assertThat(message.environment().value()).isEqualTo(reply.json().path("environment").asText());
    }
  }

  @Test
  void whatWaitsWhenItEndsIsSentFirstAndInTheOrderInWhichItCame() throws Exception {
    KafkaConfig kafka = KafkaConfig.at(SharedServers.kafka().bootstrapServers());
    Origin origin = Origin.ofBranch(new RepositoryKey("drained"), GitRef.ofBranch("feature/x"));
    List<Message> all = IntStream.range(0, 300).mapToObj(number -> Message.first(EventId.derived("drained " + number),
        new EventSource("/offshoot/test"), RunningIngest.NOW, new Request.BranchDeleted(origin, "kim"))).toList();
    KafkaRequests requests = new KafkaRequests(kafka, Clock.systemUTC());
    Eventually.await("Kafka is reached", SOON, () -> {
      requests.reachable().join();
      return true;
    });

    List<CompletableFuture<Void>> sent = all.stream().map(requests::publish).toList();
    requests.close();

    assertThat(sent).allSatisfy(acknowledged -> assertThat(acknowledged).isCompleted());
    assertThat(requests(kafka)).filteredOn(message -> message.environment().equals(origin.environment()))
        .extracting(Message::id).containsExactlyElementsOf(all.stream().map(Message::id).toList());
    assertThat(requests.publish(all.getFirst())).isCompletedExceptionally();
  }

  @Test
  void whileKafkaIsDownDeliveriesAreRefusedAndNoAcceptedOneIsLost(@TempDir Path folder) throws Exception {
    int port = FreePorts.choose();
    KafkaConfig kafka = KafkaConfig.at("127.0.0.1:" + port);
    try (WebhookIngest ingest = WebhookIngest.start(TestConfig.of(kafka)); Sender sender = new Sender(ingest.port())) {
      assertThat(sender.get("/health/live").code()).isEqualTo(200);
      assertThat(sender.get("/health/ready").code()).isEqualTo(503);
      assertUnavailable(push(sender, 1));

      List<String> accepted = new ArrayList<>();
      try (EmbeddedKafka _ = start(folder, port)) {
        Eventually.await("Kafka is reached", SOON, () -> sender.get("/health/ready").code() == 200);
        accepted.add(eventOf(accepted(() -> push(sender, 2))));
      }
      assertUnavailable(push(sender, 3));
      try (EmbeddedKafka _ = start(folder, port)) {
        accepted.add(eventOf(accepted(() -> push(sender, 3))));
        accepted.add(eventOf(accepted(() -> push(sender, 4))));

        assertThat(requests(kafka)).extracting(m -> m.id().value()).containsAll(accepted);
      }
    }
  }

  private static EmbeddedKafka start(Path folder, int port) {
    return EmbeddedKafka.start(folder.resolve("kafka"), port, KafkaSettings.defaults().withoutFlush());
  }

  private static Sender.Reply push(Sender sender, int number) {
    return sender.github("push", "delivery-" + number, GitHubPayloads.push("refs/heads/feature/" + number).toString());
  }

  /** As a git host does: a loaded broker may not answer in the four seconds that a delivery waits for it. */
  private static Sender.Reply accepted(Callable<Sender.Reply> delivery) {
    Sender.Reply taken = Eventually.await("a delivery is taken", SOON, delivery, reply -> reply.code() == 202);
    assertThat(taken.status()).isEqualTo("accepted");
    return taken;
  }

  private static String eventOf(Sender.Reply reply) {
    return reply.json().path("event").asText();
  }

  private static void assertUnavailable(Sender.Reply reply) {
    assertThat(reply.code()).as(reply.reason()).isEqualTo(503);
    assertThat(reply.response().headers().firstValue("Retry-After")).isPresent();
  }

  /** All that stands on the topic now. */
  private static List<Message> requests(KafkaConfig kafka) throws Exception {
    EventCodec codec = new EventCodec(kafka);
    List<Message> messages = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = KafkaClients.reader(kafka)) {
      List<TopicPartition> all = IntStream.range(0, kafka.partitions())
          .mapToObj(partition -> new TopicPartition(Topic.REQUESTS.topicName(), partition)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      var end = consumer.endOffsets(all);
      while (end.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          messages.add(codec.decode(record.headers(), record.value()));
        }
      }
    }
    return messages;
  }
}
