package dev.offshoot.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One partition as it must look from outside: its log, what was committed, and what its current assignment has
 * seen.
 */
final class LanesModel {
  private final Lanes lanes;
  private final int number;
  private final List<Entry> log = new ArrayList<>();
  private long committed;
  private boolean ours;
  /** Of the current assignment: how much of the log was delivered and settled, and the last that ran in each lane. */
  private int delivered;
  private int first;
  private final Set<Long> settled = new HashSet<>();
  private final Map<String, Long> lastStarted = new HashMap<>();
  private final List<Delivery> running = new ArrayList<>();

  private record Entry(long offset, String lane, Deliveries.Kind kind) {}

  LanesModel(Lanes lanes, int number) {
    this.lanes = lanes;
    this.number = number;
  }

  void assign() {
    if (!ours) {
      ours = true;
      lanes.assigned(number);
      first = (int) log.stream().filter(e -> e.offset() < committed).count();
      delivered = first;
      settled.clear();
      lastStarted.clear();
    }
  }

  void revoke() {
    if (ours) {
      ours = false;
      assertThat(lanes.revoked(number)).as("what is to be cancelled").containsExactlyInAnyOrderElementsOf(running);
      running.forEach(cancelled -> assertThat(lanes.owns(cancelled)).isFalse());
      running.clear();
      delivered = first;
    }
  }

  void deliver(LanesLawsTest.Step.Deliver step) {
    if (ours) {
      if (delivered == log.size()) {
        long offset = log.isEmpty() ? 0 : log.getLast().offset() + step.gap();
        log.add(new Entry(offset, number + step.lane(), step.kind()));
      }
      Entry next = log.get(delivered++);
      lanes.offer(Deliveries.of(lanes, number, next.offset(), next.lane(), next.kind()));
      if (next.kind() == Deliveries.Kind.NOT_TAKEN) {
        settled.add(next.offset());
      } else {
        collapse(next);
      }
    }
  }

  /** Of what waits in a lane, an update right before an update is superfluous. */
  private void collapse(Entry newest) {
    log.subList(first, delivered - 1).reversed().stream()
        .filter(e -> e.lane().equals(newest.lane()) && e.kind() != Deliveries.Kind.NOT_TAKEN)
        .findFirst()
        .filter(e -> newest.kind() == Deliveries.Kind.UPDATE && e.kind() == Deliveries.Kind.UPDATE)
        .filter(e -> e.offset() > lastStarted.getOrDefault(e.lane(), -1L))
        .ifPresent(e -> settled.add(e.offset()));
  }

  void deliverRest() {
    while (delivered < log.size()) {
      deliver(new LanesLawsTest.Step.Deliver(number, "", Deliveries.Kind.UPDATE, 1));
    }
  }

  /** One per lane, in order, and nothing was left out that is not settled. */
  void started(Delivery delivery) {
    assertThat(running).extracting(Delivery::lane).doesNotContain(delivery.lane());
    long expected = log.subList(first, delivered).stream()
        .filter(e -> e.lane().equals(delivery.lane()) && !settled.contains(e.offset()))
        .mapToLong(Entry::offset).min().orElseThrow();
    assertThat(delivery.offset()).isEqualTo(expected);
    lastStarted.put(delivery.lane(), delivery.offset());
    running.add(delivery);
  }

  void finish(int which) {
    Delivery done = running.remove(which % running.size());
    lanes.finished(done);
    settled.add(done.offset());
  }

  void finishAll() {
    while (isRunning()) {
      finish(0);
    }
  }

  void commit() {
    committed = lanes.offsets().getOrDefault(number, committed);
  }

  void offsetIsTheLowestUnfinished() {
    if (ours && delivered > first) {
      long expected = log.subList(first, delivered).stream().map(Entry::offset).filter(offset ->
          !settled.contains(offset))
          .min(Long::compare).orElse(log.get(delivered - 1).offset() + 1);
      assertThat(lanes.offsets()).containsEntry(number, expected);
    } else {
      assertThat(lanes.offsets()).doesNotContainKey(number);
    }
  }

  /** Everything behind what was committed came again and was dealt with. */
  void nothingIsLost() {
    assertThat(settled).containsAll(log.subList(first, log.size()).stream().map(Entry::offset).toList());
    assertThat(running).isEmpty();
    offsetIsTheLowestUnfinished();
  }

  boolean isRunning() {
    return !running.isEmpty();
  }

  /** How many are delivered and not settled. */
  int waiting() {
    return ours ? (int) log.subList(first, delivered).stream().filter(e -> !settled.contains(e.offset())).count() : 0;
  }
}
