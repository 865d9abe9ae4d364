package dev.offshoot.wire;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.worker.Failure;

/** Creates the topics with their documented settings. */
public final class Topics {
  private Topics() {}

  /**
   * Makes sure that all topics stand; what exists is left as it is.
   *
   * @throws Failure UNAVAILABLE without a broker; INVALID when a topic has another number of partitions than configured, because that
   *     number decides where an environment's records are and can never change
   */
  public static void ensure(KafkaConfig kafka) {
    try (Admin admin = KafkaClients.admin(kafka)) {
      for (Topic topic : Topic.values()) {
        create(admin, topic, kafka);
      }
      for (TopicDescription topic : describe(admin)) {
        if (topic.partitions().size() != kafka.partitions()) {
          throw new Failure(Failure.Kind.INVALID, "Topic " + topic.name() + " has " + topic.partitions().size()
              + " partitions but kafka.partitions says " + kafka.partitions() + "; set it to what the topic has, it is fixed for life");
        }
      }
    } catch (ExecutionException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "The topics could not be created at " + kafka.bootstrapServers() + KafkaClients.REMEDY, e);
    }
  }

  /**
   * How many brokers answer; makes nothing.
   *
   * @throws Failure UNAVAILABLE when none does
   */
  public static int brokers(KafkaConfig kafka) {
    try (Admin admin = KafkaClients.admin(kafka)) {
      return KafkaClients.answer(admin.describeCluster().nodes(), "describe the cluster").size();
    } catch (ExecutionException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "No broker answers at " + kafka.bootstrapServers(), e);
    }
  }

  /** The broker answers a creation before it knows the topic itself, so the first descriptions may still miss it. */
  private static Collection<TopicDescription> describe(Admin admin) throws ExecutionException {
    List<String> names = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        return KafkaClients.answer(admin.describeTopics(names).allTopicNames(), "describe topics").values();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static void create(Admin admin, Topic topic, KafkaConfig kafka) throws ExecutionException {
    NewTopic wanted = new NewTopic(topic.topicName(), kafka.partitions(), (short) kafka.replicas()).configs(topic.settings());
    try {
      KafkaClients.answer(admin.createTopics(List.of(wanted)).all(), "create " + topic.topicName());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
