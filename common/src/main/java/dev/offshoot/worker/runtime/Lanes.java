package dev.offshoot.worker.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What may run, and how far each partition has come: one ordered lane per environment, many lanes at a time. Pure: no Kafka, no
 * threads, no clock; used by the poll thread alone.
 *
 * <p>Laws: of a lane one delivery runs at a time, in the order of offsets; an update is passed over only when the next in its lane is an
 * update too; a partition's offset is the lowest unfinished delivered one, else the one behind the last delivered.
 */
final class Lanes {
  /** After so many runs in a row that were superseded, the next one finishes whatever comes. */
  static final int MAX_SUPERSEDES = 3;

  private final Map<Integer, Partition> partitions = new HashMap<>();
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private long assignments;
  private int backlog;

  /** Begins a new assignment of a partition. */
  void assigned(int partition) {
    partitions.put(partition, new Partition(++assignments));
  }

  /** Ends an assignment: what is queued is forgotten, and what runs is answered so that it can be cancelled. */
  List<Delivery> revoked(int partition) {
    partitions.remove(partition);
    List<Delivery> running = new ArrayList<>();
    lanes.values().removeIf(lane -> {
      backlog -= lane.dropAll(partition);
      if (lane.running != null && lane.running.partition() == partition) {
        running.add(lane.running);
        lane.running = null;
        backlog--;
      }
      return lane.isIdle();
    });
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

  /** Queues a delivery of a partition that is ours; what the worker does not take is passed over at once. */
  void offer(Delivery delivery) {
    Partition partition = partitions.get(delivery.partition());
    if (partition == null) {
      throw new IllegalStateException("Partition " + delivery.partition() + " is not assigned");
    }
    partition.delivered(delivery.offset());
    if (delivery.content() instanceof Delivery.Content.NotTaken) {
      partition.unfinished.remove(delivery.offset());
      return;
    }
    lanes.computeIfAbsent(delivery.lane(), _ -> new Lane()).queue.add(delivery);
    backlog++;
  }

  /** Starts the heads of idle lanes, at most so many as may run at once; collapses adjacent updates to the newest. */
  List<Delivery> start(int limit) {
    List<Delivery> started = new ArrayList<>();
    long running = lanes.values().stream().filter(l -> l.running != null).count();
    for (Lane lane : lanes.values()) {
      if (running >= limit) {
        break;
      }
      if (lane.running == null && !lane.queue.isEmpty()) {
        Delivery head = lane.queue.remove();
        while (head.isUpdate() && !lane.queue.isEmpty() && lane.queue.element().isUpdate()) {
          settle(head);
          head = lane.queue.remove();
        }
        lane.running = head;
        started.add(head);
        running++;
      }
    }
    return started;
  }

  /** Whether the running delivery of the lane is an update behind which a newer one waits, or a person's wish to destroy. */
  boolean superseded(String lane) {
    Lane known = lanes.get(lane);
    return known != null && known.running != null && known.running.isUpdate() && known.supersedes < MAX_SUPERSEDES
        && !known.queue.isEmpty() && known.queue.element().endsUpdates();
  }

  /** The running delivery of its lane is dealt with; its offset counts from now on. */
  void finished(Delivery delivery) {
    Lane lane = lanes.get(delivery.lane());
    if (lane == null || !delivery.equals(lane.running)) {
      throw new IllegalStateException("Offset " + delivery.offset() + " of partition " + delivery.partition() + " does not run");
    }
    lane.supersedes = superseded(delivery.lane()) ? lane.supersedes + 1 : 0;
    lane.running = null;
    settle(delivery);
    lanes.remove(delivery.lane());
    if (!lane.isIdle()) {
      lanes.put(delivery.lane(), lane); // behind the others, so that a busy lane does not keep them waiting
    }
  }

  private void settle(Delivery delivery) {
    backlog--;
    Partition partition = partitions.get(delivery.partition());
    if (partition != null) {
      partition.unfinished.remove(delivery.offset());
    }
  }

  /** The offset that may be committed, for each partition with deliveries since its assignment. */
  Map<Integer, Long> offsets() {
    Map<Integer, Long> offsets = new HashMap<>();
    partitions.forEach((number, partition) -> {
      if (partition.next >= 0) {
        offsets.put(number, partition.unfinished.isEmpty() ? partition.next : partition.unfinished.first());
      }
    });
    return offsets;
  }

  /** How many deliveries are queued or run. */
  int backlog() {
    return backlog;
  }

  private static final class Partition {
    private final long assignment;
    private final TreeSet<Long> unfinished = new TreeSet<>();
    private long next = -1;

    private Partition(long assignment) {
      this.assignment = assignment;
    }

    private void delivered(long offset) {
      unfinished.add(offset);
      next = offset + 1;
    }
  }

  private static final class Lane {
    private final Deque<Delivery> queue = new ArrayDeque<>();
    private @Nullable Delivery running;
    private int supersedes;

    private boolean isIdle() {
      return running == null && queue.isEmpty();
    }

    private int dropAll(int partition) {
      int before = queue.size();
      queue.removeIf(d -> d.partition() == partition);
      return before - queue.size();
    }
  }
}
