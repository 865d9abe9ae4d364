package dev.offshoot.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.FacetName;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.Event;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.wire.EventLog;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.wire.KafkaClients;
import dev.offshoot.wire.Partitions;
import dev.offshoot.wire.StateTable;
import dev.offshoot.wire.Topic;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

@Timeout(600)
class WorkerRuntimeTest {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  /** A reason that the scripted worker makes a record of that is too large for Kafka. */
  private static final String UNTELLABLE = "untellable";
  private static final String BOOK = "x".repeat(2_000_000);
  private static KafkaConfig kafka;

  /** Each test has a repository of its own, so that it sees no other's messages. */
  private final RepositoryKey repository = new RepositoryKey("r" + UUID.randomUUID().toString().substring(0, 8));
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private EventPublisher publisher;

  @BeforeAll
  static void topicsStand() {
    kafka = new KafkaConfig(SharedServers.kafka().bootstrapServers(), 6, 1, Map.of());
    Topics.ensure(kafka);
  }

  @BeforeEach
  void publisherOpens() {
    publisher = keep(EventPublisher.open(kafka));
  }

  @AfterEach
  void everythingCloses() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T keep(T closeable) {
    open.add(closeable);
    return closeable;
  }

  private interface Handler {
    Outcome handle(Message message, Context context) throws Exception;
  }

  private record Scripted(RepositoryKey repository, Handler handler) implements Worker {
    @Override
    public String name() {
      return "test-" + repository;
    }

    @Override
    public Inbox reads() {
      return Inbox.REQUESTS;
    }

    @Override
    public boolean takes(Event event) {
      return event instanceof Request request && request.origin().repository().equals(repository);
    }

    @Override
    public Outcome handle(Message message, Context context) throws Exception {
      return handler.handle(message, context);
    }

    @Override
    public Publication failure(Message message, Context context, String reason) {
      Origin origin = ((Request) message.event()).origin();
      return Publication.of(new Presence(
          origin, new Intent.Creating(Incarnation.FIRST, EPOCH), Optional.empty(), Optional.of(reason.replace(UNTELLABLE, BOOK)),
          Instant.EPOCH));
    }
  }

  private WorkerRuntime run(Handler handler) {
    return run(handler, Duration.ofSeconds(10));
  }

  private WorkerRuntime run(Handler handler, Duration grace) {
    return run(handler, grace, 32);
  }

  private WorkerRuntime run(Handler handler, Duration grace, int handlersAtOnce) {
    WorkerSettings settings = new WorkerSettings(kafka, repository.value(), handlersAtOnce,
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)), grace);
    return keep(WorkerRuntime.start(new Scripted(repository, handler), settings));
  }

  private Origin origin(String branch) {
    return Origin.ofBranch(repository, GitRef.ofBranch(branch));
  }

  private static Commit commit(int number) {
    return new Commit("%040x".formatted(number));
  }

  private Message push(String branch, int number) {
    Request request = new Request.BranchPushed(origin(branch), commit(number), false, false, "dev");
    Message message = Message.first(EventId.random(), EventSource.worker("test"), Instant.now(), request);
    publisher.publish(message).join();
    return message;
  }

  private Presence creating(String branch, int number) {
    return new Presence(origin(branch), new Intent.Creating(Incarnation.FIRST, EPOCH), Optional.of(commit(number)), Optional.empty(),
        Instant.EPOCH);
  }

  private LifecycleEvent accepted(String branch, int number) {
    return new LifecycleEvent.EnvironmentAccepted(
        new Subject(origin(branch), Incarnation.FIRST, Optional.of(commit(number))), EPOCH);
  }

  private static int number(Message message) {
    return message.event() instanceof Request.BranchPushed push ? Integer.parseInt(push.commit().id(), 16) : -1;
  }

  private List<Message> eventsOf(EnvironmentId environment, int count) {
    List<Message> seen = new CopyOnWriteArrayList<>();
    try (EventLog log = EventLog.open(kafka, true)) {
      Eventually.await(count + " events of " + environment + " are published", SOON, () -> {
        log.poll(Duration.ofMillis(100)).stream().filter(m -> m.environment().equals(environment)).forEach(seen::add);
        return seen.size() >= count;
      });
    }
    return seen;
  }

  @Test
  void anOutcomeIsPublishedWithItsFacetsCauseAndNumber() {
    run((message, _) -> Outcome.done(Publication.of(creating("a", number(message)), accepted("a", number(message)))));
    Message first = push("a", 1);
    List<Message> events = eventsOf(first.environment(), 1);

    assertThat(events.getFirst().cause()).contains(first.id());
    assertThat(events.getFirst().chain()).isEqualTo(first.chain());
    assertThat(events.getFirst().sequence()).isEqualTo(1);
    assertThat(events.getFirst().facets()).containsEntry(FacetName.PRESENCE, 1L);
    StateTable table = keep(StateTable.open(kafka));
    assertThat(table.of(first.environment()).presence()).contains(creating("a", 1));
  }

  @Test
  void theEventsOfAnEnvironmentAreNumberedWithoutGaps() {
    run((message, _) -> Outcome.done(Publication.of(creating("a", number(message)), accepted("a", number(message)))));
    Message first = push("a", 1);
    eventsOf(first.environment(), 1);
    push("a", 2);
    assertThat(eventsOf(first.environment(), 2)).extracting(Message::sequence).containsExactly(1L, 2L);
  }

  @Test
  void oneLaneWaitsWhileOthersGoOn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<String> done = new CopyOnWriteArrayList<>();
    run((message, _) -> {
      if (message.environment().equals(origin("slow").environment())) {
        release.await();
      }
      done.add(message.environment().value());
      return new Outcome.Rejected("only noted");
    });
    push("slow", 1);
    IntStream.range(0, 20).forEach(i -> push("fast-" + i, i + 1));
    Eventually.await("all fast lanes are done", SOON, () -> done.size() == 20);
    assertThat(done).doesNotContain(origin("slow").environment().value());
    release.countDown();
    Eventually.await("the slow lane is done", SOON, () -> done.size() == 21);
  }

  @Test
  void queuedUpdatesCollapseToTheNewestAndBarriersDoNot() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<String> handled = new CopyOnWriteArrayList<>();
    run((message, context) -> {
      handled.add(message.event() instanceof Request.BranchPushed ? "push " + number(message) : "delete");
      if (number(message) == 1) {
        started.countDown();
        release.await();
        Eventually.await("the running push is told", SOON, context::superseded);
      }
      return new Outcome.Rejected("only noted");
    });
    push("a", 1);
    started.await();
    push("a", 2);
    push("a", 3);
    publisher.publish(Message.first(EventId.random(), EventSource.worker("test"), Instant.now(),
        new Request.BranchDeleted(origin("a"), "dev"))).join();
    push("a", 4);
    push(neighbourOf("a"), 9);
    Eventually.await("everything before it in the partition is queued", SOON, () -> handled.contains("push 9"));
    release.countDown();
    Eventually.await("the last push is handled", SOON, () -> handled.contains("push 4"));
    assertThat(handled).containsExactly("push 1", "push 9", "push 3", "delete", "push 4");
  }

  /** A branch whose records are in the same partition. */
  private String neighbourOf(String branch) {
    int partition = Partitions.of(origin(branch).environment(), kafka.partitions());
    return IntStream.iterate(1, i -> i + 1).mapToObj(i -> branch + "-" + i)
        .filter(other -> Partitions.of(origin(other).environment(), kafka.partitions()) == partition).findFirst().orElseThrow();
  }

  @Test
  void anIntentIsCommittedWhileItsMessageStaysOpen() throws Exception {
    CountDownLatch committed = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    run((message, context) -> {
      context.commit(Publication.of(creating("a", number(message)), accepted("a", number(message))));
      assertThat(context.environment().presence()).isPresent();
      committed.countDown();
      release.await();
      return Outcome.done(Publication.NOTHING);
    });
    Message push = push("a", 1);
    committed.await();
    assertThat(eventsOf(push.environment(), 1)).hasSize(1);
    StateTable table = keep(StateTable.open(kafka));
    assertThat(table.cursor(push.environment(), "test-" + repository).cursor().offset()).isEqualTo(-1);
    release.countDown();
  }

  @Test
  void whatMayPassIsTriedAgainInItsLane() {
    AtomicInteger attempts = new AtomicInteger();
    run((message, context) -> {
      attempts.set(context.attempt());
      if (context.attempt() < 4) {
        throw new Failure(Failure.Kind.UNAVAILABLE, "down");
      }
      return Outcome.done(Publication.of(creating("a", 1), accepted("a", 1)));
    });
    Message push = push("a", 1);
    assertThat(eventsOf(push.environment(), 1)).hasSize(1);
    assertThat(attempts).hasValue(4);
  }

  @Test
  void lanesThatWaitToTryAgainKeepNoOtherWaiting() {
    AtomicInteger inVain = new AtomicInteger();
    run((message, _) -> {
      if (!message.environment().equals(origin("healthy").environment())) {
        inVain.incrementAndGet();
        throw new Failure(Failure.Kind.BUSY, "waits for what the healthy one brings");
      }
      return Outcome.done(Publication.of(creating("healthy", 1), accepted("healthy", 1)));
    }, Duration.ZERO, 1);
    push("stuck-1", 1);
    push("stuck-2", 1);
    Eventually.await("both stuck lanes have tried", SOON, () -> inVain.get() > 2);
    Message healthy = push("healthy", 1);
    assertThat(eventsOf(healthy.environment(), 1)).hasSize(1);
  }

  @Test
  void aDestroyDoesNotWaitForAnUpdateThatIsTriedInVain() {
    List<String> handled = new CopyOnWriteArrayList<>();
    run((message, _) -> {
      if (message.event() instanceof Request.BranchPushed) {
        handled.add("tried");
        throw new Failure(Failure.Kind.UNAVAILABLE, "down for ever");
      }
      handled.add("destroyed");
      return new Outcome.Rejected("only noted");
    });
    push("a", 1);
    Eventually.await("the push was tried", SOON, () -> handled.contains("tried"));
    publisher.publish(Message.first(EventId.random(), EventSource.worker("test"), Instant.now(),
        new Request.DestroyRequested(origin("a"), "no longer needed", "dev"))).join();
    Eventually.await("the destroy is handled", SOON, () -> handled.contains("destroyed"));
  }

  @Test
  void aMessageWhoseFacetsNeverComeGivesWayToADestroy() {
    List<String> handled = new CopyOnWriteArrayList<>();
    run((message, _) -> {
      handled.add(message.event().getClass().getSimpleName());
      return new Outcome.Rejected("only noted");
    });
    Request push = new Request.BranchPushed(origin("a"), commit(1), false, false, "dev");
    publisher.publish(new Message(EventId.random(), EventSource.worker("test"), Instant.now(), origin("a").environment(), Optional.empty(),
        UUID.randomUUID(), 0, Map.of(FacetName.PRESENCE, 7L), push)).join();
    publisher.publish(Message.first(EventId.random(), EventSource.worker("test"), Instant.now(),
        new Request.DestroyRequested(origin("a"), "no longer needed", "dev"))).join();
    Eventually.await("the destroy is handled", SOON, () -> handled.contains("DestroyRequested"));
    assertThat(handled).containsExactly("DestroyRequested");
  }

  @Test
  void whatIsTriedInVainForLongIsSeenInTheState() {
    run((_, _) -> {
      throw new Failure(Failure.Kind.UNAVAILABLE, "the server is down");
    }, Duration.ZERO);
    Message push = push("a", 1);
    StateTable table = keep(StateTable.open(kafka));
    Eventually.await("the reason is in the state", SOON,
        () -> table.of(push.environment()).presence().flatMap(Presence::failure).equals(Optional.of("the server is down")));
  }

  @Test
  void aLaneWhoseFailureCannotBeToldGoesOn() {
    run((message, _) -> {
      if (number(message) == 1) {
        throw new Failure(Failure.Kind.UNAVAILABLE, UNTELLABLE);
      }
      return Outcome.done(Publication.of(creating("a", 2), accepted("a", 2)));
    });
    Message push = push("a", 1);
    assertThat(deadLetter(push.environment().value())).contains("too large");
    push("a", 2);
    assertThat(eventsOf(push.environment(), 1)).hasSize(1);
  }

  @Test
  void anOutcomeThatIsTooLargeFailsAlone() {
    run((message, _) -> Outcome.done(Publication.of(
        number(message) == 1 ? creating("a", 1).failed("x".repeat(2_000_000)) : creating("a", 2), accepted("a", number(message)))));
    Message push = push("a", 1);
    assertThat(deadLetter(push.environment().value())).contains("too large");
    push("a", 2);
    assertThat(eventsOf(push.environment(), 1).getFirst().event()).isEqualTo(accepted("a", 2));
  }

  @Test
  void whatCannotPassBecomesADeadLetterAndThePartitionGoesOn() {
    run((message, _) -> {
      if (number(message) == 1) {
        throw new Failure(Failure.Kind.DENIED, "not for you");
      }
      return Outcome.done(Publication.of(creating("a", number(message)), accepted("a", number(message))));
    });
    Message push = push("a", 1);
    String letter = deadLetter(push.environment().value());
    assertThat(letter).isEqualTo("not for you");
    push("a", 2);
    assertThat(eventsOf(push.environment(), 1)).hasSize(1);
  }

  @Test
  void junkBecomesADeadLetterAndThePartitionGoesOn() {
    run((message, _) -> Outcome.done(Publication.of(creating("a", 1), accepted("a", 1))));
    EnvironmentId environment = origin("a").environment();
    try (Producer<String, byte[]> raw = KafkaClients.producer(kafka)) {
      var _ = raw.send(new ProducerRecord<>(Topic.REQUESTS.topicName(), Partitions.of(environment, kafka.partitions()),
          environment.value(), "\u0000 no event".getBytes(StandardCharsets.UTF_8)));
      var _ = raw.send(new ProducerRecord<>(Topic.REQUESTS.topicName(), Partitions.of(environment, kafka.partitions()),
          environment.value(), null));
      ProducerRecord<String, byte[]> headers = new ProducerRecord<>(Topic.REQUESTS.topicName(),
          Partitions.of(environment, kafka.partitions()), environment.value(), new byte[1]);
      headers.headers().add("large", new byte[1_000_000]);
      var _ = raw.send(headers);
    }
    push("a", 1);
    assertThat(eventsOf(environment, 1)).hasSize(1);
    assertThat(deadLetter(environment.value())).contains("not an event of ours");
  }

  private String deadLetter(String key) {
    try (Consumer<String, byte[]> consumer = KafkaClients.reader(kafka)) {
      List<TopicPartition> all = IntStream.range(0, kafka.partitions())
          .mapToObj(p -> new TopicPartition(Topic.DEAD_LETTERS.topicName(), p)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      return Eventually.await("a dead letter of " + key + " is written", SOON, () -> {
        for (ConsumerRecord<String, byte[]> letter : consumer.poll(Duration.ofMillis(100))) {
          if (key.equals(letter.key())) {
            return new String(letter.headers().lastHeader("offshoot_dead_letter_reason").value(), StandardCharsets.UTF_8);
          }
        }
        return "";
      }, reason -> !reason.isEmpty());
    }
  }

  @Test
  void whatWasNotFinishedIsDeliveredAgainAndWhatWasIsNot() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    WorkerRuntime first = run((message, _) -> {
      if (number(message) == 2) {
        stuck.countDown();
        new CountDownLatch(1).await();
      }
      return Outcome.done(Publication.of(creating("a", 1), accepted("a", 1)));
    }, Duration.ZERO);
    Message push = push("a", 1);
    eventsOf(push.environment(), 1);
    push("a", 2);
    stuck.await();
    first.close();

    List<Integer> handled = new CopyOnWriteArrayList<>();
    run((message, _) -> {
      handled.add(number(message));
      return Outcome.done(Publication.of(creating("a", 2), accepted("a", 2)));
    });
    assertThat(eventsOf(push.environment(), 2)).extracting(Message::sequence).containsExactly(1L, 2L);
    assertThat(handled).containsExactly(2);
  }

  @Test
  void aRewoundGroupRepeatsNothing() throws Exception {
    WorkerRuntime first = run((message, _) -> Outcome.done(Publication.of(creating("a", 1), accepted("a", 1))));
    Message push = push("a", 1);
    eventsOf(push.environment(), 1);
    first.close();
    rewind();

    List<Integer> handled = new CopyOnWriteArrayList<>();
    run((message, _) -> {
      handled.add(number(message));
      return Outcome.done(Publication.of(creating("a", 2), accepted("a", 2)));
    });
    push("a", 2);
    assertThat(eventsOf(push.environment(), 2)).hasSize(2);
    assertThat(handled).containsExactly(2);
  }

  private void rewind() {
    TopicPartition partition =
        new TopicPartition(Topic.REQUESTS.topicName(), Partitions.of(origin("a").environment(), kafka.partitions()));
    try (Admin admin = KafkaClients.admin(kafka)) {
      Eventually.await("the group is empty and rewound", SOON, () -> {
        admin.alterConsumerGroupOffsets("offshoot-test-" + repository, Map.of(partition, new OffsetAndMetadata(0))).all().get();
        return true;
      });
    }
  }
}
