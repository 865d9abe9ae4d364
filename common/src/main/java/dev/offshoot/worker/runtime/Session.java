package dev.offshoot.worker.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import dev.offshoot.event.Message;
import dev.offshoot.event.TraceParent;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.wire.KafkaClients;
import dev.offshoot.wire.StateTable;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Worker;
import dev.offshoot.worker.runtime.RuntimeMetrics.Step;

/**
 * One life of a worker between two doubts: a group member, a transactional producer and a state table around a {@link Dispatcher}, which
 * decides. Everything happens on the thread that calls {@link #run}; handlers run on virtual threads and only hand in
 * {@link Completion}s. Any exception of Kafka ends the session, a commit without an answer and a fenced producer too: what was not
 * committed is delivered again to the next one, and nothing is ever published twice.
 */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration POLL = Duration.ofMillis(500);
  /** Outcomes in one transaction: what is sent in it must reach the broker before the transaction times out. */
  private static final int BATCH = 1_000;
  /** A closing client may wait for a broker that is gone. */
  private static final Duration CLOSE = Duration.ofSeconds(5);
  /** How long others wait for cancelled handlers to let go: whoever hears the interrupt is done in no time. */
  private static final Duration LET_GO = Duration.ofSeconds(2);

  private final Worker worker;
  private final WorkerSettings settings;
  private final Clients clients;
  private final Dispatcher dispatcher;
  private final Vitals vitals;
  private final Semaphore handlers;
  private final IdentityHashMap<Delivery, Running> running = new IdentityHashMap<>();
  private final ConcurrentLinkedQueue<Completion> handedIn = new ConcurrentLinkedQueue<>();
  /** The group. */
  private boolean left;

  private record Running(LaneRun run, Thread thread) {
    void cancel() {
      run.cancel();
      thread.interrupt();
    }
  }

  /** The clients of a session, opened together. */
  record Clients(String topic, Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, StateTable table) {
    static Clients open(Worker worker, String topic, WorkerSettings settings) {
      Consumer<String, byte[]> consumer = KafkaClients.groupMember(settings.kafka(), "offshoot-" + worker.name());
      Producer<String, byte[]> producer =
          KafkaClients.transactional(settings.kafka(), "offshoot-" + worker.name() + "-" + settings.slot());
      try {
        return new Clients(topic, consumer, producer, StateTable.open(settings.kafka()));
      } catch (RuntimeException e) {
        producer.close(Duration.ZERO);
        consumer.close();
        throw e;
      }
    }
  }

  Session(Worker worker, WorkerSettings settings, Clients clients, Dispatcher dispatcher, Vitals vitals) {
    this.worker = worker;
    this.settings = settings;
    this.clients = clients;
    this.dispatcher = dispatcher;
    this.vitals = vitals;
    this.handlers = new Semaphore(settings.lanes(), true);
  }

  /** Works until told to stop, then lets running handlers come to their end within the grace period. */
  void run(BooleanSupplier stopping, Runnable ready) throws InterruptedException {
    clients.producer().initTransactions();
    clients.consumer().subscribe(List.of(clients.topic()), new Assignments());
    boolean announced = false;
    while (!stopping.getAsBoolean()) {
      clients.table().failIfStopped();
      poll().forEach(record -> dispatcher.deliver(record).map(running::get).ifPresent(superseded -> superseded.run().supersede()));
      pauseAndResume();
      commit();
      dispatcher.start().forEach(this::start);
      vitals.pulse().working(clients.consumer().assignment().size());
      vitals.metrics().sample(this::sample);
      if (!announced && !clients.consumer().assignment().isEmpty()) {
        announced = true;
        ready.run();
      }
    }
    finish();
    clients.consumer().unsubscribe();
    left = true;
  }

  /** Ends a poll early: there is something to commit, or it is time to stop. */
  void wakeup() {
    clients.consumer().wakeup();
  }

  private ConsumerRecords<String, byte[]> poll() throws InterruptedException {
    ConsumerRecords<String, byte[]> records = ConsumerRecords.empty();
    try {
      records = clients.consumer().poll(handedIn.isEmpty() && !dispatcher.hasHandedIn() ? POLL : Duration.ZERO);
    } catch (WakeupException _) {
      LOG.trace("Woken");
    }
    warmUp();
    return records;
  }

  /** A partition's lanes start only when the table holds what its former owner has committed. */
  private void warmUp() throws InterruptedException {
    long began = System.nanoTime();
    boolean colder = !dispatcher.cold().isEmpty();
    if (colder) {
      vitals.pulse().waiting("reads the state after an assignment");
    }
    while (!dispatcher.cold().isEmpty()) {
      try {
        Map<Integer, Long> offsets = new HashMap<>();
        // waits for a former owner's transaction that is still under way
        clients.consumer().committed(partitions(dispatcher.cold())).forEach((partition, offset) -> {
          if (offset != null) {
            offsets.put(partition.partition(), offset.offset());
          }
        });
        clients.table().catchUp();
        FaultPoint.at("assignment.warm");
        dispatcher.warm(offsets);
      } catch (WakeupException _) {
        LOG.trace("Woken while warming up");
      }
    }
    if (colder) {
      vitals.metrics().took(Step.CATCH_UP, began);
    }
  }

  /** How far behind this member is, as far as its clients know without asking the broker. */
  private RuntimeMetrics.Sample sample() {
    Map<Integer, Integer> unfinished = dispatcher.unfinished();
    Set<TopicPartition> assigned = clients.consumer().assignment();
    long lag = assigned.stream()
        .mapToLong(p -> clients.consumer().currentLag(p).orElse(0) + unfinished.getOrDefault(p.partition(), 0)).max().orElse(0);
    return new RuntimeMetrics.Sample(lag, dispatcher.oldest(), dispatcher.backlog(), running.size(), assigned.size());
  }

  private Set<TopicPartition> partitions(Collection<Integer> numbers) {
    return numbers.stream().map(number -> new TopicPartition(clients.topic(), number)).collect(Collectors.toSet());
  }

  private void pauseAndResume() {
    Set<TopicPartition> paused = partitions(dispatcher.paused());
    if (!paused.equals(clients.consumer().paused())) {
      clients.consumer().resume(clients.consumer().paused());
      clients.consumer().pause(paused);
    }
  }

  private void start(Dispatcher.Start start) {
    LaneRun run = new LaneRun(start.delivery(), start.message(), worker, settings.backoff(),
        new LaneRun.Surroundings(clients.table(), handlers, this::handIn, vitals.metrics()));
    if (start.superseded()) {
      run.supersede();
    }
    Thread thread = Thread.ofVirtual().name(worker.name() + " " + start.delivery().lane()).start(run);
    running.put(start.delivery(), new Running(run, thread));
  }

  private void handIn(Completion completion) {
    handedIn.add(completion);
    wakeup();
  }

  /** Commits what lanes have handed in, and offsets that have moved. */
  private void commit() {
    for (int i = 0; i < BATCH && !handedIn.isEmpty(); i++) {
      dispatcher.handIn(handedIn.remove());
    }
    dispatcher.transaction().ifPresent(transaction -> {
      commit(transaction);
      dispatcher.committed(transaction);
      for (Completion completion : transaction.completions()) {
        if (completion instanceof Completion.Finished finished) {
          running.remove(finished.delivery());
          announce(finished);
        }
      }
    });
  }

  private void commit(Transaction transaction) {
    long began = System.nanoTime();
    CommitPoints.beforeBegin(transaction.kind());
    Producer<String, byte[]> producer = clients.producer();
    producer.beginTransaction();
    for (ProducerRecord<String, byte[]> record : transaction.records()) {
      var _ = producer.send(record);
    }
    Map<TopicPartition, OffsetAndMetadata> positions = transaction.offsets().entrySet().stream()
        .collect(Collectors.toMap(e -> new TopicPartition(clients.topic(), e.getKey()), e -> new OffsetAndMetadata(e.getValue())));
    producer.sendOffsetsToTransaction(positions, clients.consumer().groupMetadata());
    CommitPoints.sentBeforeCommit(transaction.kind());
    producer.commitTransaction();
    vitals.metrics().took(Step.COMMIT, began);
    CommitPoints.after(transaction.kind());
  }

  private void announce(Completion.Finished finished) {
    vitals.metrics().finished(finished.outcome());
    LoggingEventBuilder line = LOG.atInfo().addKeyValue("worker", worker.name())
        .addKeyValue("environment", finished.delivery().lane()).addKeyValue("offset", finished.delivery().offset())
        .addKeyValue("attempt", finished.attempts());
    if (finished.delivery().content() instanceof Delivery.Content.Decoded(Message message)) {
      line = line.addKeyValue("event", message.id()).addKeyValue("trace_id", TraceParent.traceId(message.chain()));
    }
    line.log("{}", described(finished.outcome()));
  }

  private static String described(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> "Done: " + done.publication().events().stream().map(e -> e.getClass().getSimpleName()).toList();
      case Outcome.Rejected rejected -> "Rejected: " + rejected.reason();
      case Outcome.Failed failed -> "Failed: " + failed.reason();
    };
  }

  /** Hands over at a step border: nothing new starts, what runs may end, what does not is cancelled and delivered again. */
  private void finish() throws InterruptedException {
    long deadline = System.nanoTime() + settings.grace().toNanos();
    while (!running.isEmpty() && System.nanoTime() < deadline) {
      clients.consumer().pause(clients.consumer().assignment());
      poll();
      commit();
    }
  }

  /** Ends handlers whose outcome no longer counts, so that the next owner of their lanes need not work beside them. */
  private void cancel(Collection<Running> cancelled) {
    cancelled.forEach(Running::cancel);
    long deadline = System.nanoTime() + LET_GO.toNanos();
    try {
      for (Running each : cancelled) {
        if (!each.thread().join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
          LOG.atWarn().addKeyValue("worker", worker.name()).log("{} was cancelled but goes on", each.thread().getName());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    cancel(running.values());
    close(() -> {
      if (left) {
        KafkaClients.closeAtOnce(clients.consumer());
      } else {
        clients.consumer().close(CloseOptions.timeout(CLOSE));
      }
    });
    close(() -> clients.producer().close(CLOSE));
    close(clients.table()::close);
  }

  private static void close(Runnable client) {
    try {
      client.run();
    } catch (RuntimeException e) {
      LOG.warn("A client did not close", e);
    }
  }

  /** Partitions that are lost, because the group has expelled us, are as revoked: what runs must end, what it did counts no more. */
  private final class Assignments implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      vitals.metrics().rebalanced("assigned");
      dispatcher.assigned(numbers(partitions));
      wakeup(); // a poll would go on waiting for a first record
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      vitals.metrics().rebalanced("revoked");
      gone(partitions);
    }

    private void gone(Collection<TopicPartition> partitions) {
      cancel(dispatcher.revoked(numbers(partitions)).stream().map(running::remove).filter(Objects::nonNull).toList());
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      vitals.metrics().rebalanced("lost");
      gone(partitions);
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::partition).toList();
    }
  }
}
