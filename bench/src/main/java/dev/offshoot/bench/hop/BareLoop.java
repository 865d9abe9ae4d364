package dev.offshoot.bench.hop;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.wire.KafkaClients;

/**
 * The peer: what one would write by hand with the same clients and settings. Copies each request to a topic of its own, a transaction
 * with the offsets per poll. No lanes, no state, no retries, nothing decoded.
 */
final class BareLoop implements AutoCloseable {
  static final String TOPIC = "bench.bare";

  private final Consumer<String, byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private final Thread thread;
  private volatile boolean closed;

  private BareLoop(KafkaConfig kafka) {
    consumer = KafkaClients.groupMember(kafka, "bench-bare");
    producer = KafkaClients.transactional(kafka, "bench-bare");
    thread = Thread.ofPlatform().name("bare").unstarted(this::run);
  }

  static BareLoop start(KafkaConfig kafka) throws InterruptedException, ExecutionException {
    try (Admin admin = KafkaClients.admin(kafka)) {
      if (!admin.listTopics().names().get().contains(TOPIC)) {
        admin.createTopics(List.of(new NewTopic(TOPIC, kafka.partitions(), (short) kafka.replicas()))).all().get();
      }
    }
    BareLoop loop = new BareLoop(kafka);
    loop.thread.start();
    return loop;
  }

  private void run() {
    producer.initTransactions();
    consumer.subscribe(List.of("offshoot.requests"));
    while (!closed) {
      ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(100));
      if (!records.isEmpty()) {
        producer.beginTransaction();
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
          var _ = producer.send(new ProducerRecord<>(TOPIC, record.partition(), record.key(), record.value(), record.headers()));
          positions.put(new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
        producer.commitTransaction();
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
    consumer.close();
    producer.close();
  }
}
