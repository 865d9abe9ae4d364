package dev.offshoot.worker.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What may run, and how far each partition has come: one ordered lane per environment, many lanes at a time. Pure: no Kafka, no
 * threads, no clock; used by the poll thread alone. Nothing here grows with the number of lanes that have nothing to do.
 *
 * <p>Laws: of a lane one delivery runs at a time, in the order of offsets; an update is passed over only when the next in its lane is an
 * update too; a partition's offset is the lowest unfinished delivered one, else the one behind the last delivered.
 */
final class Lanes {
  /** After so many runs in a row that were superseded, the next one finishes whatever comes. */
  static final int MAX_SUPERSEDES = 3;

  private final Map<Integer, Partition> partitions = new HashMap<>();
  /** Lanes with something queued and nothing running; whoever has just run stands behind the others. */
  private final Deque<Lane> ready = new ArrayDeque<>();
  private long assignments;

  /** Begins a new assignment of a partition. */
  void assigned(int partition) {
    partitions.put(partition, new Partition(++assignments));
  }

  /** Ends an assignment: what is queued is forgotten, and what runs is answered so that it can be cancelled. */
  List<Delivery> revoked(int partition) {
    Partition ended = partitions.remove(partition);
    List<Delivery> running = new ArrayList<>();
    if (ended != null) {
      ready.removeIf(lane -> lane.partition == ended);
      ended.lanes.values().forEach(lane -> Optional.ofNullable(lane.running).ifPresent(running::add));
    }
    return running;
  }

  /** The number of the partition's assignment; empty when it is not ours. */
  Optional<Long> assignment(int partition) {
    return Optional.ofNullable(partitions.get(partition)).map(p -> p.assignment);
  }

  /** Whether the delivery came with an assignment that still lasts. */
  boolean owns(Delivery delivery) {
    return assignment(delivery.partition()).filter(a -> a == delivery.assignment()).isPresent();
  }

  /**
   * Queues a delivery of a partition that is ours. Only the newest of adjacent updates is kept, and what the worker does not take is
   * passed over at once.
   */
  void offer(Delivery delivery) {
    Partition partition = partitions.get(delivery.partition());
    if (partition == null) {
      throw new IllegalStateException("Partition " + delivery.partition() + " is not assigned");
    }
    partition.delivered(delivery);
    if (delivery.content() instanceof Delivery.Content.NotTaken) {
      partition.settled(delivery);
      return;
    }
    Lane lane = partition.lanes.computeIfAbsent(delivery.lane(), _ -> new Lane(partition));
    if (lane.running == null && lane.queue.isEmpty()) {
      ready.add(lane);
    }
    if (delivery.isUpdate() && !lane.queue.isEmpty() && lane.queue.getLast().isUpdate()) {
      partition.settled(lane.queue.removeLast());
    }
    lane.queue.add(delivery);
  }

  /** Starts the head of the lane that has been ready longest; empty when none is ready. */
  Optional<Delivery> start() {
    Lane lane = ready.poll();
    if (lane == null) {
      return Optional.empty();
    }
    lane.running = lane.queue.remove();
    return Optional.of(lane.running);
  }

  /** Of this delivery's lane, the running update that need not come to its end: a newer one or a wish to destroy is next. */
  Optional<Delivery> superseded(Delivery delivery) {
    return lane(delivery).filter(Lane::isSuperseded).map(lane -> lane.running);
  }

  /** The running delivery of its lane is dealt with; its offset counts from now on. */
  void finished(Delivery delivery) {
    Lane lane = lane(delivery).filter(l -> delivery.equals(l.running)).orElseThrow(() ->
        new IllegalStateException("Offset " + delivery.offset() + " of partition " + delivery.partition() + " does not run"));
    lane.supersedes = lane.isSuperseded() ? lane.supersedes + 1 : 0;
    lane.running = null;
    lane.partition.settled(delivery);
    if (lane.queue.isEmpty()) {
      lane.partition.lanes.remove(delivery.lane());
    } else {
      ready.add(lane);
    }
  }

  private Optional<Lane> lane(Delivery delivery) {
    return Optional.ofNullable(partitions.get(delivery.partition())).map(p -> p.lanes.get(delivery.lane()));
  }

  /** The offset that may be committed, for each partition with deliveries since its assignment. */
  Map<Integer, Long> offsets() {
    Map<Integer, Long> offsets = new HashMap<>();
    partitions.forEach((number, partition) -> {
      if (partition.next >= 0) {
        offsets.put(number, partition.offset());
      }
    });
    return offsets;
  }

  /** How many deliveries are queued or run. */
  int backlog() {
    return partitions.values().stream().mapToInt(p -> p.unfinished.size()).sum();
  }

  /** How many deliveries of each partition are queued or run. */
  Map<Integer, Integer> unfinished() {
    Map<Integer, Integer> unfinished = new HashMap<>();
    partitions.forEach((number, partition) -> unfinished.put(number, partition.unfinished.size()));
    return unfinished;
  }

  /** When the oldest record was written that is queued or runs, in milliseconds since 1970. */
  OptionalLong oldest() {
    return partitions.values().stream().flatMap(partition -> partition.lanes.values().stream())
        .mapToLong(lane -> lane.first().record().timestamp()).min();
  }

  /** About how much memory the deliveries of each partition hold that are queued or run, in bytes. */
  Map<Integer, Long> weights() {
    Map<Integer, Long> weights = new HashMap<>();
    partitions.forEach((number, partition) -> weights.put(number, partition.weight));
    return weights;
  }

  private static final class Partition {
    private final long assignment;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final NavigableSet<Long> unfinished = new TreeSet<>();
    private long next = -1;
    private long weight;

    private Partition(long assignment) {
      this.assignment = assignment;
    }

    private void delivered(Delivery delivery) {
      unfinished.add(delivery.offset());
      weight += delivery.weight();
      next = delivery.offset() + 1;
    }

    private long offset() {
      return unfinished.isEmpty() ? next : unfinished.first();
    }

    private void settled(Delivery delivery) {
      unfinished.remove(delivery.offset());
      weight -= delivery.weight();
    }
  }

  private static final class Lane {
    private final Partition partition;
    private final Deque<Delivery> queue = new ArrayDeque<>();
    private @Nullable Delivery running;
    private int supersedes;

    private Lane(Partition partition) {
      this.partition = partition;
    }

    private Delivery first() {
      return running == null ? queue.getFirst() : running;
    }

    private boolean isSuperseded() {
      return running != null && running.isUpdate() && supersedes < MAX_SUPERSEDES && !queue.isEmpty()
          && queue.element().endsUpdates();
    }
  }
}
