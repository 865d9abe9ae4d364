package dev.offshoot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.process.FreePorts;

class EmbeddedKafkaTest {
  private static final TopicPartition BRANCHES = new TopicPartition("branches", 0);

  @TempDir
  Path directory;

  @Test
  void aRestartOnAnotherPortKeepsTopicsAndRecords() throws Exception {
    try (var kafka = EmbeddedKafka.start(directory, FreePorts.choose())) {
      createTopic(kafka);
      commit(kafka, "pushed");
    }
    try (var kafka = EmbeddedKafka.start(directory, FreePorts.choose())) {
      commit(kafka, "merged");
      assertThat(committed(kafka, 2)).containsExactly("pushed", "merged");
      assertThat(kafka.fault()).isNotDone();
    }
  }

  @Test
  void aTakenPortIsToldAndTheJvmLives() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedKafka.start(directory, taken.getLocalPort()))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContainingAll("Kafka", "127.0.0.1:" + taken.getLocalPort(), "another port");
    }
  }

  @Test
  void aSecondBrokerOnTheSameFolderIsRefusedAndTheFirstServesOn() throws Exception {
    try (var kafka = EmbeddedKafka.start(directory, FreePorts.choose())) {
      assertThatThrownBy(() -> EmbeddedKafka.start(directory, FreePorts.choose()))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining(directory.toString());
      createTopic(kafka);
      commit(kafka, "pushed");
      assertThat(committed(kafka, 1)).containsExactly("pushed");
    }
  }

  @Test
  void aBrokerThatLosesItsDiskIsToldAndTheJvmLives() throws Exception {
    try (var kafka = EmbeddedKafka.start(directory, FreePorts.choose())) {
      Trees.delete(directory.resolve("data"));
      try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        var _ = admin.createTopics(List.of(new NewTopic("lost", Optional.of(1), Optional.empty())));
        assertThat(kafka.fault().get(2, TimeUnit.MINUTES).status()).isNotZero();
      }
    }
  }

  private static void createTopic(EmbeddedKafka kafka) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      var topic = new NewTopic(BRANCHES.topic(), Optional.of(1), Optional.empty());
      admin.createTopics(List.of(topic)).all().get(2, TimeUnit.MINUTES);
    }
  }

  private static void commit(EmbeddedKafka kafka, String value) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "worker-0");
    try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      var _ = producer.send(new ProducerRecord<>(BRANCHES.topic(), "shop", value));
      producer.commitTransaction();
    }
  }

  private static List<String> committed(EmbeddedKafka kafka, int count) {
    Map<String, Object> settings = Map.of(
        "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed",
        "auto.offset.reset", "earliest", "enable.auto.commit", "false");
    try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(BRANCHES));
      var values = new ArrayList<String>();
      return Eventually.await("all commits are readable", Duration.ofMinutes(2), () -> {
        consumer.poll(Duration.ofMillis(100)).forEach(found -> values.add(found.value()));
        return values;
      }, found -> found.size() >= count);
    }
  }
}
