package dev.offshoot.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.Message;

/** Reads the lifecycle events as any monitoring consumer would, without a group. Not for several threads. */
public final class EventLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  private final Consumer<String, byte[]> consumer;
  private final EventCodec codec;

  private EventLog(Consumer<String, byte[]> consumer, EventCodec codec) {
    this.consumer = consumer;
    this.codec = codec;
  }

  /**
   * Starts reading.
   *
   * @param fromBeginning whether at the oldest event kept, else at what is said after this call
   */
  public static EventLog open(KafkaConfig kafka, boolean fromBeginning) {
    Consumer<String, byte[]> consumer = KafkaClients.reader(kafka);
    List<TopicPartition> all = IntStream.range(0, kafka.partitions())
        .mapToObj(p -> new TopicPartition(Topic.ENVIRONMENTS.topicName(), p)).toList();
    consumer.assign(all);
    if (fromBeginning) {
      consumer.seekToBeginning(all);
    } else {
      consumer.seekToEnd(all);
    }
    all.forEach(consumer::position);
    return new EventLog(consumer, new EventCodec(kafka));
  }

  /** What was said since the last call, waiting up to the time given for the first; of one environment in its order. */
  public List<Message> poll(Duration patience) {
    List<Message> messages = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
      try {
        messages.add(codec.decode(record.headers(), record.value()));
      } catch (UndecodableException e) {
        LOG.warn("Skipped {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
      }
    }
    return messages;
  }

  /** Whether everything said before this call was read. */
  public boolean atEnd() {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
