package dev.offshoot.wire;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.KafkaConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.FacetName;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.StateView;

/**
 * All of {@code offshoot.state} in memory, kept up to date by a thread of its own. A million environments are about 200 MiB.
 */
public final class StateTable implements StateView, StateIndex, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateTable.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CATCH_UP = Duration.ofSeconds(60);
  private static final Duration FACETS = Duration.ofSeconds(10);

  private final KafkaConfig kafka;
  private final Consumer<String, byte[]> consumer;
  private final StateCodec codec;
  private final StateRows rows = new StateRows();
  private final Map<TopicPartition, Long> read = new HashMap<>();
  private final Object change = new Object();
  private final Thread reader;
  private volatile boolean closing;

  private StateTable(KafkaConfig kafka) {
    this.kafka = kafka;
    this.consumer = KafkaClients.reader(kafka);
    this.codec = new StateCodec(kafka);
    this.reader = Thread.ofPlatform().name("state-table").daemon().unstarted(this::tail);
  }

  /**
   * Opens the table and returns once it holds all that was committed before the call.
   *
   * @throws Failure UNAVAILABLE when that takes more than a minute
   */
  public static StateTable open(KafkaConfig kafka) {
    StateTable table = new StateTable(kafka);
    List<TopicPartition> all = table.partitions();
    table.consumer.assign(all);
    table.consumer.seekToBeginning(all);
    table.reader.start();
    try {
      table.catchUp();
      return table;
    } catch (RuntimeException e) {
      table.close();
      throw e;
    } catch (InterruptedException e) {
      table.close();
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.UNAVAILABLE, "Interrupted while reading " + Topic.STATE.topicName(), e);
    }
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, kafka.partitions()).mapToObj(p -> new TopicPartition(Topic.STATE.topicName(), p)).toList();
  }

  /**
   * Waits until everything written before this call is in the table. Written, not only committed: of a transaction whose markers are
   * still on their way the end that a read_committed reader is told lies before its records.
   */
  public void catchUp() throws InterruptedException {
    Map<TopicPartition, Long> ends = highWatermarks();
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    synchronized (change) {
      while (!ends.entrySet().stream().allMatch(e -> read.getOrDefault(e.getKey(), 0L) >= e.getValue())) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || !reader.isAlive()) {
          throw new Failure(Failure.Kind.UNAVAILABLE, Topic.STATE.topicName() + " could not be read within " + CATCH_UP.toSeconds() + " s");
        }
        change.wait(Math.max(1, left / 1_000_000));
      }
    }
  }

  private Map<TopicPartition, Long> highWatermarks() {
    try (Admin admin = KafkaClients.admin(kafka)) {
      Map<TopicPartition, OffsetSpec> latest = partitions().stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest()));
      return KafkaClients.answer(
              admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)).all(), "list offsets")
          .entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    } catch (ExecutionException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, Topic.STATE.topicName() + " could not be read at " + kafka.bootstrapServers() + KafkaClients.REMEDY, e);
    }
  }

  private void tail() {
    try {
      while (!closing) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          apply(record);
        }
        synchronized (change) {
          consumer.assignment().forEach(p -> read.put(p, consumer.position(p)));
          change.notifyAll();
        }
      }
    } catch (WakeupException _) {
      LOG.debug("The state table was closed");
    } catch (RuntimeException e) {
      LOG.error("The state table stopped", e);
    } finally {
      KafkaClients.closeAtOnce(consumer);
    }
  }

  private void apply(ConsumerRecord<String, byte[]> record) {
    try {
      codec.decode(record.key(), record.value()).ifPresent(this::apply);
    } catch (UndecodableException e) {
      LOG.warn("Skipped {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
    }
  }

  /** Takes an entry at once that this process has just committed, before it comes back from the broker. */
  @Override
  public void apply(StateEntry entry) {
    rows.apply(entry);
    synchronized (change) {
      change.notifyAll();
    }
  }

  /** Throws a {@link Failure} when the table is no longer kept up to date: what it says may be the past. */
  public void failIfStopped() {
    if (!reader.isAlive()) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "The state table is no longer read; the log says why");
    }
  }

  /**
   * Waits until the facets have at least these versions.
   *
   * @param givenUp whether nobody wants to know any more; asked about once a second
   * @throws Failure BUSY when they have not come within ten seconds, which may pass, or it was given up; UNAVAILABLE when the table is no
   *     longer read
   */
  public void await(EnvironmentId environment, Map<FacetName, Long> versions, BooleanSupplier givenUp) throws InterruptedException {
    long deadline = System.nanoTime() + FACETS.toNanos();
    synchronized (change) {
      while (!versions.entrySet().stream().allMatch(e -> version(environment, e.getKey()) >= e.getValue())) {
        failIfStopped();
        if (givenUp.getAsBoolean()) {
          throw new Failure(Failure.Kind.BUSY, "Facets " + versions + " of the message are not waited for any more");
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new Failure(Failure.Kind.BUSY, "The message was said with facets " + versions + " but " + Topic.STATE.topicName()
              + " has " + versions(environment) + " after " + FACETS.toSeconds() + " s: was the topic made anew, or the message forged?");
        }
        change.wait(Math.clamp(left / 1_000_000, 1, 1_000));
      }
    }
  }

  @Override
  public EnvironmentState of(EnvironmentId id) {
    return rows.of(id);
  }

  @Override
  public Collection<EnvironmentState> all() {
    return rows.all();
  }

  /** How many values the facet has had; 0 before the first. */
  public long version(EnvironmentId id, FacetName facet) {
    return rows.versions(id).getOrDefault(facet, 0L);
  }

  @Override
  public Map<FacetName, Long> versions(EnvironmentId id) {
    return rows.versions(id);
  }

  @Override
  public StateEntry.OfCursor cursor(EnvironmentId id, String worker) {
    return rows.cursor(id, worker);
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      reader.join(POLL.multipliedBy(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
