package dev.offshoot.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.worker.Failure;

/**
 * Reads {@code offshoot.dead-letters}, and writes what was done about a letter. The topic only grows: a letter is
 * settled by a further record in its partition, with its key and without a value, whose headers name it. Both go with
 * the topic's retention. Not for several threads.
 */
public final class DeadLetters implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Consumer<String, byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private final DeadLetterCodec codec;

  private DeadLetters(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, DeadLetterCodec codec) {
    this.consumer = consumer;
    this.producer = producer;
    this.codec = codec;
  }

  public static DeadLetters open(KafkaConfig kafka) {
    Consumer<String, byte[]> consumer = KafkaClients.reader(kafka);
    consumer.assign(IntStream.range(0, kafka.partitions())
        .mapToObj(p -> new TopicPartition(Topic.DEAD_LETTERS.topicName(), p)).toList());
    return new DeadLetters(consumer, KafkaClients.producer(kafka), new DeadLetterCodec(new EventCodec(kafka)));
  }

  /** Every letter that is kept, settled ones too, in no order; one of each {@link #once origin}. */
  public List<DeadLetter> all() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    consumer.seekToBeginning(consumer.assignment());
    List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
    Map<DeadLetterId, DeadLetter.Settlement> settled = new HashMap<>();
    while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(PATIENCE)) {
        Optional<DeadLetterId> settles = codec.settles(record);
        settles.ifPresentOrElse(id -> settled.putIfAbsent(id, codec.settlement(record)), () -> letters.add(record));
      }
    }
    return once(letters.stream()
        .map(letter -> codec.letter(letter, Optional.ofNullable(settled.get(DeadLetterCodec.id(letter))))).toList());
  }

  /**
   * One letter of each origin, the oldest: what is no event has no lane whose cursor remembers it, so a worker that begins again further
   * back writes its letter again. A settlement of any of them settles it.
   */
  static List<DeadLetter> once(List<DeadLetter> letters) {
    Map<Object, DeadLetter> first = new LinkedHashMap<>();
    for (DeadLetter letter : letters) {
      first.merge(source(letter), letter, (a, b) -> {
        DeadLetter older = a.id().compareTo(b.id()) < 0 ? a : b;
        return older.settledAs(a.settled().or(b::settled));
      });
    }
    return List.copyOf(first.values());
  }

  /** Which worker gave up on which record; of what no worker of ours has put there, the letter itself. */
  private static Object source(DeadLetter letter) {
    DeadLetter.Origin origin = letter.origin();
    boolean ours = !origin.worker().isEmpty() && origin.offset() >= 0;
    return ours ? new Source(origin.worker(), origin.topic(), origin.partition(), origin.offset()) : letter.id();
  }

  private record Source(String worker, String topic, int partition, long offset) {}

  /** Writes down what was done; the broker has it on return. Of several settlements the first one counts. */
  public void settle(DeadLetter letter, DeadLetter.Settlement settlement) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    ProducerRecord<String, byte[]> record = codec.settling(letter, settlement);
    try {
      var _ = producer.send(record, (_, failure) -> {
        if (failure == null) {
          acknowledged.complete(null);
        } else {
          acknowledged.completeExceptionally(failure);
        }
      });
      acknowledged.join();
    } catch (KafkaException | CompletionException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Kafka did not take what was done about the letter " + letter.id()
          + "; it is still listed, and can be settled again", e);
    }
  }

  @Override
  public void close() {
    KafkaClients.closeAtOnce(consumer);
    producer.close();
  }
}
