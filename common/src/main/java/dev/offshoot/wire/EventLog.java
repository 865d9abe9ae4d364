package dev.offshoot.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.event.Message;

/** Reads events as any monitoring consumer would, without a group. Not for several threads. */
public final class EventLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  /** An event's time is its worker's clock, by which it is looked for is its record's: they may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  private final Consumer<String, byte[]> consumer;
  private final EventCodec codec;
  private final Selection selection;
  private final Map<TopicPartition, Long> lasts;

  private EventLog(Consumer<String, byte[]> consumer, EventCodec codec, Selection selection) {
    this.consumer = consumer;
    this.codec = codec;
    this.selection = selection;
    this.lasts = selection.until().map(until -> offsets(until.plus(CLOCKS))).orElseGet(Map::of);
  }

  /**
   * Starts reading the lifecycle events of all environments.
   *
   * @param fromBeginning whether at the oldest event kept, else at what is said after this call
   */
  public static EventLog open(KafkaConfig kafka, boolean fromBeginning) {
    return open(kafka, Selection.happened(fromBeginning ? new Selection.Start.Beginning() : new Selection.Start.End()));
  }

  /** Starts reading a part of the history. */
  public static EventLog open(KafkaConfig kafka, Selection selection) {
    Consumer<String, byte[]> consumer = KafkaClients.reader(kafka);
    List<TopicPartition> all = selection.topics().stream()
        .flatMap(topic -> selection.partitions(kafka.partitions()).stream()
            .map(p -> new TopicPartition(topic.topicName(), p)))
        .toList();
    consumer.assign(all);
    EventLog log = new EventLog(consumer, new EventCodec(kafka), selection);
    switch (selection.start()) {
      case Selection.Start.Beginning() -> consumer.seekToBeginning(all);
      case Selection.Start.End() -> consumer.seekToEnd(all);
      case Selection.Start.At(Instant time) -> log.offsets(time.minus(CLOCKS)).forEach(consumer::seek);
    }
    all.forEach(consumer::position);
    return log;
  }

  /** The first record of each partition at this time or after it, else its end. */
  private Map<TopicPartition, Long> offsets(Instant time) {
    Map<TopicPartition, Long> wanted = new HashMap<>();
    consumer.assignment().forEach(p -> wanted.put(p, Math.max(0, time.toEpochMilli())));
    Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(consumer.assignment()));
    consumer.offsetsForTimes(wanted).forEach((partition, found) ->
        Optional.ofNullable(found).map(OffsetAndTimestamp::offset).ifPresent(o -> offsets.put(partition, o)));
    return offsets;
  }

  /** What was said since the last call, waiting up to the time given for the first; of one environment in its order. */
  public List<Message> poll(Duration patience) {
    return placed(patience).stream().map(Placed::message).toList();
  }

  /**
   * A message and where it stands.
   *
   * @param offset in the partition of its environment
   */
  public record Placed(Message message, long offset) {}

  /** The same as {@link #poll}, with the places. */
  public List<Placed> placed(Duration patience) {
    List<Placed> messages = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
      try {
        Message message = codec.decode(record.headers(), record.value());
        if (selection.holds(message.environment(), message.time())) {
          messages.add(new Placed(message, record.offset()));
        }
      } catch (UndecodableException e) {
        LOG.warn("Skipped {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
      }
    }
    return messages;
  }

  /** Whether everything that is selected and was said before this call was read. */
  public boolean atEnd() {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream().allMatch(e ->
        consumer.position(e.getKey()) >= Math.min(e.getValue(), lasts.getOrDefault(e.getKey(), Long.MAX_VALUE)));
  }

  @Override
  public void close() {
    KafkaClients.closeAtOnce(consumer);
  }
}
