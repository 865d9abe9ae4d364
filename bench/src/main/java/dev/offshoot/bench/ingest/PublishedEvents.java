package dev.offshoot.bench.ingest;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.wire.EventCodec;
import dev.offshoot.wire.KafkaClients;
import dev.offshoot.wire.Topic;
import dev.offshoot.wire.UndecodableException;

/**
 * The ids of all events on the topic of requests.
 *
 * @param again records whose id was there before
 */
record PublishedEvents(Set<String> ids, long again) {

  static PublishedEvents of(KafkaConfig kafka) throws UndecodableException {
    EventCodec codec = new EventCodec(kafka);
    Set<String> ids = new HashSet<>();
    long again = 0;
    try (Consumer<String, byte[]> consumer = KafkaClients.reader(kafka)) {
      List<TopicPartition> all = IntStream.range(0, kafka.partitions())
          .mapToObj(partition -> new TopicPartition(Topic.REQUESTS.topicName(), partition)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      var end = consumer.endOffsets(all);
      while (end.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          again += ids.add(codec.decode(record.headers(), record.value()).id().value()) ? 0 : 1;
        }
      }
    }
    return new PublishedEvents(ids, again);
  }
}
