package dev.offshoot.worker.runtime;

import static dev.offshoot.worker.runtime.RunningWorkers.KAFKA;
import static dev.offshoot.worker.runtime.RunningWorkers.SOON;
import static dev.offshoot.worker.runtime.RunningWorkers.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.FacetName;
import dev.offshoot.event.Message;
import dev.offshoot.wire.KafkaClients;
import dev.offshoot.wire.Partitions;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topic;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** What is published once, and in which order, whoever dies. */
@Timeout(600)
class WorkerRuntimeTest {
  private final RunningWorkers workers = new RunningWorkers();

  @AfterEach
  void everythingCloses() throws Exception {
    workers.close();
  }

  @Test
  void anOutcomeIsPublishedWithItsFacetsCauseAndNumber() {
    workers.run((message, _) -> workers.made("a", number(message)));
    Message first = workers.push("a", 1);
    List<Message> events = workers.eventsOf(first.environment(), 1);

    assertThat(events.getFirst().cause()).contains(first.id());
    assertThat(events.getFirst().chain()).isEqualTo(first.chain());
    assertThat(events.getFirst().sequence()).isEqualTo(1);
    assertThat(events.getFirst().facets()).containsEntry(FacetName.PRESENCE, 1L);
    StateTable table = workers.keep(StateTable.open(KAFKA));
    assertThat(table.of(first.environment()).presence()).contains(workers.creating("a", 1));
  }

  @Test
  void theEventsOfAnEnvironmentAreNumberedWithoutGaps() {
    workers.run((message, _) -> workers.made("a", number(message)));
    Message first = workers.push("a", 1);
    workers.eventsOf(first.environment(), 1);
    workers.push("a", 2);
    assertThat(workers.eventsOf(first.environment(), 2)).extracting(Message::sequence).containsExactly(1L, 2L);
  }

  @Test
  void anIntentIsCommittedWhileItsMessageStaysOpen() throws Exception {
    CountDownLatch committed = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    workers.run((message, context) -> {
      context.commit(Publication.of(workers.creating("a", number(message)), workers.accepted("a", number(message))));
      assertThat(context.environment().presence()).isPresent();
      committed.countDown();
      release.await();
      return Outcome.done(Publication.NOTHING);
    });
    Message push = workers.push("a", 1);
    committed.await();
    assertThat(workers.eventsOf(push.environment(), 1)).hasSize(1);
    StateTable table = workers.keep(StateTable.open(KAFKA));
    assertThat(table.cursor(push.environment(), "test-" + workers.repository).cursor().offset()).isEqualTo(-1);
    release.countDown();
  }

  @Test
  void whatWasNotFinishedIsDeliveredAgainAndWhatWasIsNot() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    WorkerRuntime first = workers.run((message, _) -> {
      if (number(message) == 2) {
        stuck.countDown();
        new CountDownLatch(1).await();
      }
      return workers.made("a", 1);
    }, Duration.ZERO);
    Message push = workers.push("a", 1);
    workers.eventsOf(push.environment(), 1);
    workers.push("a", 2);
    stuck.await();
    first.close();

    List<Integer> handled = new CopyOnWriteArrayList<>();
    workers.run((message, _) -> {
      handled.add(number(message));
      return workers.made("a", 2);
    });
    assertThat(workers.eventsOf(push.environment(), 2)).extracting(Message::sequence).containsExactly(1L, 2L);
    assertThat(handled).containsExactly(2);
  }

  @Test
  void aRewoundGroupRepeatsNothing() throws Exception {
    WorkerRuntime first = workers.run((message, _) -> workers.made("a", 1));
    Message push = workers.push("a", 1);
    workers.eventsOf(push.environment(), 1);
    first.close();
    rewind();

    List<Integer> handled = new CopyOnWriteArrayList<>();
    workers.run((message, _) -> {
      handled.add(number(message));
      return workers.made("a", 2);
    });
    workers.push("a", 2);
    assertThat(workers.eventsOf(push.environment(), 2)).hasSize(2);
    assertThat(handled).containsExactly(2);
  }

  private void rewind() {
    TopicPartition partition =
        new TopicPartition(Topic.REQUESTS.topicName(), Partitions.of(workers.origin("a").environment(), KAFKA.partitions()));
    try (Admin admin = KafkaClients.admin(KAFKA)) {
      Eventually.await("the group is empty and rewound", SOON, () -> {
        admin.alterConsumerGroupOffsets("offshoot-test-" + workers.repository, Map.of(partition, new OffsetAndMetadata(0))).all().get();
        return true;
      });
    }
  }
}
