package dev.offshoot.worker.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Metrics;
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

import dev.offshoot.wire.KafkaClients;
import dev.offshoot.wire.StateTable;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/**
 * One life of a worker between two doubts: a group member, a transactional producer and a state table. Everything happens on the
 * thread that calls {@link #run}; handlers run on virtual threads and only hand in {@link Completion}s. Any exception of Kafka ends the
 * session: what was not committed is delivered again to the next one, and nothing is ever published twice.
 */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int WINDOW = 2_000;

  private final Worker worker;
  private final WorkerSettings settings;
  private final String topic;
  private final Consumer<String, byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private final StateTable table;
  private final Intake intake;
  private final Scribe scribe;
  private final Lanes lanes = new Lanes();
  private final Semaphore handlers;
  private final Map<Delivery, Running> running = new HashMap<>();
  private final Map<Integer, Long> committed = new HashMap<>();
  private final ConcurrentLinkedQueue<Completion> completions = new ConcurrentLinkedQueue<>();
  private final Set<TopicPartition> cold = new HashSet<>();

  private record Running(LaneRun run, Thread thread) {}

  /** The clients of a session, opened together. */
  record Clients(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer, StateTable table) {
    static Clients open(Worker worker, WorkerSettings settings) {
      Consumer<String, byte[]> consumer = KafkaClients.groupMember(settings.kafka(), "offshoot-" + worker.name());
      Producer<String, byte[]> producer =
          KafkaClients.transactional(settings.kafka(), "offshoot-" + worker.name() + "-" + settings.slot());
      try {
        return new Clients(consumer, producer, StateTable.open(settings.kafka()));
      } catch (RuntimeException e) {
        producer.close(Duration.ZERO);
        consumer.close();
        throw e;
      }
    }
  }

  Session(Worker worker, WorkerSettings settings, String topic, Clients clients, Scribe scribe) {
    this.worker = worker;
    this.settings = settings;
    this.topic = topic;
    this.consumer = clients.consumer();
    this.producer = clients.producer();
    this.table = clients.table();
    this.intake = new Intake(worker, settings.kafka());
    this.scribe = scribe;
    this.handlers = new Semaphore(settings.lanes(), true);
  }

  /** Works until told to stop, then lets running handlers come to their end within the grace period. */
  void run(BooleanSupplier stopping, Runnable ready) throws InterruptedException {
    producer.initTransactions();
    consumer.subscribe(List.of(topic), new Assignments());
    boolean announced = false;
    while (!stopping.getAsBoolean()) {
      table.failIfStopped();
      offer(poll());
      commitCompletions();
      startLanes();
      if (!announced && !consumer.assignment().isEmpty()) {
        announced = true;
        ready.run();
      }
    }
    finish();
  }

  /** Ends a poll early: there is something to commit, or it is time to stop. */
  void wakeup() {
    consumer.wakeup();
  }

  private ConsumerRecords<String, byte[]> poll() throws InterruptedException {
    ConsumerRecords<String, byte[]> records = ConsumerRecords.empty();
    try {
      records = consumer.poll(completions.isEmpty() ? POLL : Duration.ZERO);
    } catch (WakeupException _) {
      LOG.trace("Woken");
    }
    warmUp();
    return records;
  }

  /** A partition's lanes start only when the table holds what its former owner has committed. */
  private void warmUp() throws InterruptedException {
    while (!cold.isEmpty()) {
      try {
        consumer.committed(cold).forEach((p, offset) -> {
          if (offset != null) {
            committed.put(p.partition(), offset.offset());
          }
        });
        table.catchUp();
        cold.clear();
      } catch (WakeupException _) {
        LOG.trace("Woken while warming up");
      }
    }
  }

  private void offer(ConsumerRecords<String, byte[]> records) {
    for (ConsumerRecord<String, byte[]> record : records) {
      lanes.assignment(record.partition()).ifPresent(assignment -> {
        Delivery delivery = intake.delivery(record, assignment);
        lanes.offer(delivery);
        if (lanes.superseded(delivery.lane())) {
          running.values().stream().filter(r -> r.run().lane().equals(delivery.lane())).forEach(r -> r.run().supersede());
        }
      });
    }
    if (lanes.backlog() > WINDOW) {
      consumer.pause(consumer.assignment());
    } else if (!consumer.paused().isEmpty() && lanes.backlog() < WINDOW / 2) {
      consumer.resume(consumer.paused());
    }
  }

  private void startLanes() {
    List<Delivery> started = lanes.start(WINDOW);
    while (!started.isEmpty()) {
      boolean again = false;
      for (Delivery delivery : started) {
        again |= !start(delivery);
      }
      started = again ? lanes.start(WINDOW) : List.of();
    }
  }

  /** Answers whether a handler was started; what needs none is finished at once. */
  private boolean start(Delivery delivery) {
    return switch (delivery.content()) {
      case Delivery.Content.NotTaken _ -> throw new IllegalStateException("What is not taken is not started");
      case Delivery.Content.Undecodable u -> {
        completions.add(new Completion.Finished(delivery, new Outcome.Failed(u.reason(), Publication.NOTHING), 1));
        yield true;
      }
      case Delivery.Content.Decoded d -> {
        if (table.cursor(d.message().environment(), worker.name()).cursor().covers(scribe.topicId(), delivery.offset())) {
          lanes.finished(delivery);
          yield false;
        }
        LaneRun run = new LaneRun(delivery, d.message(), worker, settings.backoff(), new LaneRun.Surroundings(table, handlers, this::complete));
        running.put(delivery, new Running(run, Thread.ofVirtual().name(worker.name() + " " + delivery.lane()).start(run)));
        yield true;
      }
    };
  }

  private void complete(Completion completion) {
    completions.add(completion);
    consumer.wakeup();
  }

  /** Commits what lanes have handed in, and offsets that have moved, in one transaction. */
  private void commitCompletions() {
    List<Completion> batch = new ArrayList<>();
    for (Completion next = completions.poll(); next != null; next = completions.poll()) {
      if (lanes.owns(next.delivery())) {
        batch.add(next);
      } else {
        running.remove(next.delivery());
      }
    }
    Draft draft = new Draft();
    batch.forEach(completion -> draft.addAll(scribe.draft(completion)));
    for (Completion completion : batch) {
      if (completion instanceof Completion.Finished) {
        running.remove(completion.delivery());
        lanes.finished(completion.delivery());
      }
    }
    Map<Integer, Long> offsets = lanes.offsets();
    offsets.entrySet().removeIf(e -> batch.isEmpty() && e.getValue().equals(committed.get(e.getKey())));
    if (!batch.isEmpty() || !offsets.isEmpty()) {
      commit(draft, offsets);
      batch.forEach(this::announce);
    }
  }

  private void commit(Draft draft, Map<Integer, Long> offsets) {
    producer.beginTransaction();
    for (ProducerRecord<String, byte[]> record : draft.records()) {
      var _ = producer.send(record);
    }
    Map<TopicPartition, OffsetAndMetadata> positions = offsets.entrySet().stream()
        .collect(Collectors.toMap(e -> new TopicPartition(topic, e.getKey()), e -> new OffsetAndMetadata(e.getValue())));
    producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
    producer.commitTransaction();
    draft.entries().forEach(table::apply);
    committed.putAll(offsets);
  }

  private void announce(Completion completion) {
    switch (completion) {
      case Completion.Intermediate i -> i.committed().complete(null);
      case Completion.Finished f -> {
        String outcome = switch (f.outcome()) {
          case Outcome.Done _ -> "done";
          case Outcome.Rejected _ -> "rejected";
          case Outcome.Failed _ -> "failed";
        };
        Metrics.counter("offshoot.worker.outcomes", "worker", worker.name(), "outcome", outcome).increment();
        LOG.atInfo().addKeyValue("worker", worker.name()).addKeyValue("environment", f.delivery().lane())
            .addKeyValue("offset", f.delivery().offset()).addKeyValue("attempt", f.attempts()).log("{}", described(f.outcome()));
      }
    }
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
      consumer.pause(consumer.assignment());
      poll();
      commitCompletions();
    }
  }

  @Override
  public void close() {
    running.values().forEach(r -> r.thread().interrupt());
    for (AutoCloseable client : List.<AutoCloseable>of(consumer, producer, table)) {
      try {
        client.close();
      } catch (Exception e) {
        LOG.warn("A client did not close", e);
      }
    }
  }

  private final class Assignments implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      partitions.forEach(p -> lanes.assigned(p.partition()));
      cold.addAll(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        cold.remove(partition);
        committed.remove(partition.partition());
        for (Delivery delivery : lanes.revoked(partition.partition())) {
          Running cancelled = running.remove(delivery);
          if (cancelled != null) {
            cancelled.thread().interrupt();
          }
        }
      }
    }
  }
}
