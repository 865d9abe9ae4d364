package dev.offshoot.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.worker.Failure;

/** Clients with the settings that the promises rest on. Values stay bytes: what cannot be decoded must not fail inside a poll. */
public final class KafkaClients {
  /** What to do where nobody answers. */
  static final String REMEDY = "; start Kafka, or correct kafka.bootstrapServers";
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private KafkaClients() {}

  /** A member of a worker's group: no offset is lost and none is committed by itself. */
  public static Consumer<String, byte[]> groupMember(KafkaConfig kafka, String group) {
    Map<String, Object> settings = reader(kafka, "read_committed");
    settings.put("group.id", group);
    settings.put("group.protocol", "consumer");
    settings.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** A reader outside any group, of what is committed. */
  public static Consumer<String, byte[]> reader(KafkaConfig kafka) {
    return new KafkaConsumer<>(reader(kafka, "read_committed"), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Closes what has nothing more to say to the broker: a reader outside any group, or a member that has left its group. By itself a
   * consumer waits for the answer to the fetch that is under way, which the broker holds back for half a second when there is nothing
   * to read; the session of fetches that is left at the broker is given up there as a killed reader's is.
   */
  public static void closeAtOnce(Consumer<?, ?> consumer) {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  private static Map<String, Object> reader(KafkaConfig kafka, String isolation) {
    Map<String, Object> settings = common(kafka);
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", isolation);
    return settings;
  }

  /**
   * A producer of its own words: idempotent, acknowledged by all replicas, sent at once. While one request is under way, what comes
   * gathers into the next: the more there is, the larger the batches, and nothing waits for a batch to fill.
   */
  public static Producer<String, byte[]> producer(KafkaConfig kafka) {
    Map<String, Object> settings = producing(kafka);
    settings.put("max.in.flight.requests.per.connection", "1");
    settings.put("delivery.timeout.ms", "10000");
    settings.put("request.timeout.ms", "5000");
    settings.put("max.block.ms", "5000");
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** A producer whose transactions fence an older one of the same id. */
  public static Producer<String, byte[]> transactional(KafkaConfig kafka, String transactionalId) {
    Map<String, Object> settings = producing(kafka);
    settings.put("transactional.id", transactionalId);
    settings.put("transaction.timeout.ms", "10000");
    // a commit sends what lingers at once: until then a transaction's records of a partition gather into one request
    settings.put("linger.ms", "50");
    // the broker asks for a retry while it still ends the transaction before, which takes milliseconds
    settings.put("retry.backoff.ms", "3");
    settings.put("retry.backoff.max.ms", "200");
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> producing(KafkaConfig kafka) {
    Map<String, Object> settings = common(kafka);
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("linger.ms", "0");
    return settings;
  }

  public static Admin admin(KafkaConfig kafka) {
    return Admin.create(common(kafka));
  }

  private static Map<String, Object> common(KafkaConfig kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.client());
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    return settings;
  }

  /**
   * For who waits at a terminal: the same brokers, which are given up after so long where nothing else is configured.
   *
   * @param patience whole milliseconds
   */
  public static KafkaConfig impatient(KafkaConfig kafka, Duration patience) {
    Map<String, String> client = new HashMap<>(kafka.client());
    if (Stream.of("default.api.timeout.ms", "request.timeout.ms").noneMatch(client::containsKey)) {
      client.put("default.api.timeout.ms", Long.toString(patience.toMillis()));
      client.put("request.timeout.ms", Long.toString(patience.toMillis()));
    }
    return new KafkaConfig(kafka.bootstrapServers(), kafka.partitions(), kafka.replicas(), client);
  }

  /** What a person is told when a client of Kafka's threw; empty where it was somebody else. */
  public static Optional<String> toldOf(Throwable thrown) {
    return thrown instanceof KafkaException
        ? Optional.of("Kafka cannot be reached, or does not answer: " + thrown.getMessage()
            + Optional.ofNullable(thrown.getCause()).map(cause -> " (" + cause.getMessage() + ")").orElse("") + REMEDY)
        : Optional.empty();
  }

  /** Waits for an answer of the broker; a {@link Failure} UNAVAILABLE when there is none within 30 seconds. */
  static <T> T answer(KafkaFuture<T> future, String what) throws ExecutionException {
    try {
      return future.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Kafka gave no answer to '" + what + "' within " + ANSWER.toSeconds() + " s" + REMEDY, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.UNAVAILABLE, "Interrupted while waiting for Kafka", e);
    }
  }
}
