package dev.offshoot.worker.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EpochId;
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
import dev.offshoot.wire.Topic;
import dev.offshoot.wire.Topics;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/** Workers in this process on the shared broker. Each has a repository of its own, so that it sees no other's messages. */
final class RunningWorkers implements AutoCloseable {
  static final KafkaConfig KAFKA = broker();
  static final Duration SOON = Duration.ofMinutes(2);
  /** A reason that the scripted worker makes a record of that is too large for Kafka. */
  static final String UNTELLABLE = "untellable";
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final String BOOK = "x".repeat(2_000_000);

  final RepositoryKey repository = new RepositoryKey("r" + UUID.randomUUID().toString().substring(0, 8));
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private final EventPublisher publisher;

  RunningWorkers() {
    publisher = keep(EventPublisher.open(KAFKA));
  }

  private static KafkaConfig broker() {
    KafkaConfig kafka = new KafkaConfig(SharedServers.kafka().bootstrapServers(), 6, 1, Map.of());
    Topics.ensure(kafka);
    return kafka;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  <T extends AutoCloseable> T keep(T closeable) {
    open.add(closeable);
    return closeable;
  }

  interface Handler {
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

  WorkerRuntime run(Handler handler) {
    return run(handler, Duration.ofSeconds(10));
  }

  WorkerRuntime run(Handler handler, Duration grace) {
    return run(handler, grace, 32);
  }

  WorkerRuntime run(Handler handler, Duration grace, int handlersAtOnce) {
    WorkerSettings settings = new WorkerSettings(KAFKA, repository.value(), handlersAtOnce,
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)), grace);
    return keep(WorkerRuntime.start(new Scripted(repository, handler), settings));
  }

  Origin origin(String branch) {
    return Origin.ofBranch(repository, GitRef.ofBranch(branch));
  }

  static Commit commit(int number) {
    return new Commit("%040x".formatted(number));
  }

  Message push(String branch, int number) {
    return ask(new Request.BranchPushed(origin(branch), commit(number), false, false, "dev"));
  }

  Presence creating(String branch, int number) {
    return new Presence(origin(branch), new Intent.Creating(Incarnation.FIRST, EPOCH), Optional.of(commit(number)), Optional.empty(),
        Instant.EPOCH);
  }

  LifecycleEvent accepted(String branch, int number) {
    return new LifecycleEvent.EnvironmentAccepted(
        new Subject(origin(branch), Incarnation.FIRST, Optional.of(commit(number))), EPOCH);
  }

  /** As a handler answers that has made an environment. */
  Outcome made(String branch, int number) {
    return Outcome.done(Publication.of(creating(branch, number), accepted(branch, number)));
  }

  static int number(Message message) {
    return message.event() instanceof Request.BranchPushed push ? Integer.parseInt(push.commit().id(), 16) : -1;
  }

  List<Message> eventsOf(EnvironmentId environment, int count) {
    List<Message> seen = new CopyOnWriteArrayList<>();
    try (EventLog log = EventLog.open(KAFKA, true)) {
      Eventually.await(count + " events of " + environment + " are published", SOON, () -> {
        log.poll(Duration.ofMillis(100)).stream().filter(m -> m.environment().equals(environment)).forEach(seen::add);
        return seen.size() >= count;
      });
    }
    return seen;
  }

  Message ask(Request request) {
    return publish(Message.first(EventId.random(), EventSource.worker("test"), Instant.now(), request));
  }

  Message publish(Message message) {
    publisher.publish(message).join();
    return message;
  }

  /** A branch whose records are in the same partition. */
  String neighbourOf(String branch) {
    int partition = Partitions.of(origin(branch).environment(), KAFKA.partitions());
    return IntStream.iterate(1, i -> i + 1).mapToObj(i -> branch + "-" + i)
        .filter(other -> Partitions.of(origin(other).environment(), KAFKA.partitions()) == partition).findFirst().orElseThrow();
  }

  String deadLetter(String key) {
    try (Consumer<String, byte[]> consumer = KafkaClients.reader(KAFKA)) {
      List<TopicPartition> all = IntStream.range(0, KAFKA.partitions())
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
}
