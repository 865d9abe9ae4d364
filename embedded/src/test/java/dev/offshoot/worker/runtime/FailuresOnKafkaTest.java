package dev.offshoot.worker.runtime;

import static dev.offshoot.worker.runtime.RunningWorkers.KAFKA;
import static dev.offshoot.worker.runtime.RunningWorkers.SOON;
import static dev.offshoot.worker.runtime.RunningWorkers.UNTELLABLE;
import static dev.offshoot.worker.runtime.RunningWorkers.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Message;
import dev.offshoot.wire.KafkaClients;
import dev.offshoot.wire.Partitions;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topic;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** What cannot be done, and what becomes of it. */
@Timeout(600)
class FailuresOnKafkaTest {
  private final RunningWorkers workers = new RunningWorkers();

  @AfterEach
  void everythingCloses() throws Exception {
    workers.close();
  }

  @Test
  void whatMayPassIsTriedAgainInItsLane() {
    AtomicInteger attempts = new AtomicInteger();
    workers.run((message, context) -> {
      attempts.set(context.attempt());
      if (context.attempt() < 4) {
        throw new Failure(Failure.Kind.UNAVAILABLE, "down");
      }
      return workers.made("a", 1);
    });
    Message push = workers.push("a", 1);
    assertThat(workers.eventsOf(push.environment(), 1)).hasSize(1);
    assertThat(attempts).hasValue(4);
  }

  @Test
  void whatIsTriedInVainForLongIsSeenInTheState() {
    workers.run((_, _) -> {
      throw new Failure(Failure.Kind.UNAVAILABLE, "the server is down");
    }, Duration.ZERO);
    Message push = workers.push("a", 1);
    StateTable table = workers.keep(StateTable.open(KAFKA));
    Eventually.await("the reason is in the state", SOON,
        () -> table.of(push.environment()).presence().flatMap(Presence::failure).equals(Optional.of("the server is down")));
  }

  @Test
  void aLaneWhoseFailureCannotBeToldGoesOn() {
    workers.run((message, _) -> {
      if (number(message) == 1) {
        throw new Failure(Failure.Kind.UNAVAILABLE, UNTELLABLE);
      }
      return workers.made("a", 2);
    });
    Message push = workers.push("a", 1);
    assertThat(workers.deadLetter(push.environment().value())).contains("too large");
    workers.push("a", 2);
    assertThat(workers.eventsOf(push.environment(), 1)).hasSize(1);
  }

  @Test
  void anOutcomeThatIsTooLargeFailsAlone() {
    workers.run((message, _) -> Outcome.done(Publication.of(
        number(message) == 1 ? workers.creating("a", 1).failed("x".repeat(2_000_000)) : workers.creating("a", 2),
        workers.accepted("a", number(message)))));
    Message push = workers.push("a", 1);
    assertThat(workers.deadLetter(push.environment().value())).contains("too large");
    workers.push("a", 2);
    assertThat(workers.eventsOf(push.environment(), 1).getFirst().event()).isEqualTo(workers.accepted("a", 2));
  }

  @Test
  void whatCannotPassBecomesADeadLetterAndThePartitionGoesOn() {
    workers.run((message, _) -> {
      if (number(message) == 1) {
        throw new Failure(Failure.Kind.DENIED, "not for you");
      }
      return workers.made("a", number(message));
    });
    Message push = workers.push("a", 1);
    String letter = workers.deadLetter(push.environment().value());
    assertThat(letter).isEqualTo("not for you");
    workers.push("a", 2);
    assertThat(workers.eventsOf(push.environment(), 1)).hasSize(1);
  }

  @Test
  void junkBecomesADeadLetterAndThePartitionGoesOn() {
    workers.run((message, _) -> workers.made("a", 1));
    EnvironmentId environment = workers.origin("a").environment();
    try (Producer<String, byte[]> raw = KafkaClients.producer(KAFKA)) {
      var _ = raw.send(new ProducerRecord<>(Topic.REQUESTS.topicName(), Partitions.of(environment, KAFKA.partitions()),
          environment.value(), "\u0000 no event".getBytes(StandardCharsets.UTF_8)));
      var _ = raw.send(new ProducerRecord<>(Topic.REQUESTS.topicName(), Partitions.of(environment, KAFKA.partitions()),
          environment.value(), null));
      ProducerRecord<String, byte[]> headers = new ProducerRecord<>(Topic.REQUESTS.topicName(),
          Partitions.of(environment, KAFKA.partitions()), environment.value(), new byte[1]);
      headers.headers().add("large", new byte[1_000_000]);
      var _ = raw.send(headers);
    }
    workers.push("a", 1);
    assertThat(workers.eventsOf(environment, 1)).hasSize(1);
    assertThat(workers.deadLetter(environment.value())).contains("not an event of ours");
  }
}
