package dev.offshoot.worker.runtime;

import static dev.offshoot.worker.runtime.Deliveries.Kind.BARRIER;
import static dev.offshoot.worker.runtime.Deliveries.Kind.NOT_TAKEN;
import static dev.offshoot.worker.runtime.Deliveries.Kind.UNDECODABLE;
import static dev.offshoot.worker.runtime.Deliveries.Kind.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final int MANY = 100;
  private final Lanes lanes = new Lanes();

  @BeforeEach
  void onePartitionIsOurs() {
    lanes.assigned(0);
  }

  private Delivery offer(long offset, String lane, Deliveries.Kind kind) {
    Delivery delivery = Deliveries.of(lanes, 0, offset, lane, kind);
    lanes.offer(delivery);
    return delivery;
  }

  @Test
  void aLaneRunsOneAtATimeAndInOrder() {
    Delivery first = offer(0, "a", BARRIER);
    Delivery second = offer(1, "a", BARRIER);

    assertThat(lanes.start(MANY)).containsExactly(first);
    assertThat(lanes.start(MANY)).isEmpty();
    lanes.finished(first);
    assertThat(lanes.start(MANY)).containsExactly(second);
  }

  @Test
  void lanesRunBesideEachOtherUpToTheLimit() {
    offer(0, "a", UPDATE);
    offer(1, "b", UPDATE);
    Delivery third = offer(2, "c", UPDATE);

    List<Delivery> started = lanes.start(2);
    assertThat(started).hasSize(2).doesNotContain(third);
    lanes.finished(started.getFirst());
    assertThat(lanes.start(2)).containsExactly(third);
  }

  @Test
  void aBusyLaneDoesNotKeepOthersWaiting() {
    Delivery busy = offer(0, "a", BARRIER);
    offer(1, "a", BARRIER);
    Delivery patient = offer(2, "b", BARRIER);

    assertThat(lanes.start(1)).containsExactly(busy);
    lanes.finished(busy);
    assertThat(lanes.start(1)).containsExactly(patient);
  }

  @Test
  void adjacentUpdatesCollapseToTheNewest() {
    offer(0, "a", UPDATE);
    offer(1, "a", UPDATE);
    Delivery newest = offer(2, "a", UPDATE);

    assertThat(lanes.start(MANY)).containsExactly(newest);
    lanes.finished(newest);
    assertThat(lanes.offsets()).isEqualTo(Map.of(0, 3L));
    assertThat(lanes.backlog()).isZero();
  }

  @Test
  void aBarrierIsNeitherSkippedNorOvertaken() {
    Delivery update = offer(0, "a", UPDATE);
    Delivery barrier = offer(1, "a", BARRIER);
    Delivery later = offer(2, "a", UPDATE);

    for (Delivery next : List.of(update, barrier, later)) {
      assertThat(lanes.start(MANY)).containsExactly(next);
      lanes.finished(next);
    }
  }

  @Test
  void anUndecodableRecordIsABarrier() {
    Delivery update = offer(0, "a", UPDATE);
    offer(1, "a", UNDECODABLE);
    offer(2, "a", UPDATE);

    assertThat(lanes.start(MANY)).containsExactly(update);
  }

  @Test
  void whatTheWorkerDoesNotTakeSeparatesNothing() {
    offer(0, "a", UPDATE);
    offer(1, "a", NOT_TAKEN);
    Delivery newest = offer(2, "a", UPDATE);

    assertThat(lanes.start(MANY)).containsExactly(newest);
  }

  @Test
  void whatTheWorkerDoesNotTakeIsPassedAtOnce() {
    offer(4, "a", NOT_TAKEN);

    assertThat(lanes.start(MANY)).isEmpty();
    assertThat(lanes.offsets()).isEqualTo(Map.of(0, 5L));
    assertThat(lanes.backlog()).isZero();
  }

  @Test
  void theOffsetIsTheLowestUnfinishedDeliveredOneWhateverTheGaps() {
    assertThat(lanes.offsets()).isEmpty();
    Delivery a = offer(10, "a", BARRIER);
    Delivery b = offer(14, "b", BARRIER);
    Delivery next = offer(20, "a", BARRIER);

    lanes.start(MANY);
    lanes.finished(b);
    assertThat(lanes.offsets()).isEqualTo(Map.of(0, 10L));
    lanes.finished(a);
    assertThat(lanes.offsets()).isEqualTo(Map.of(0, 20L));
    lanes.start(MANY);
    lanes.finished(next);
    assertThat(lanes.offsets()).isEqualTo(Map.of(0, 21L));
  }

  @Test
  void aRunningUpdateIsSupersededByTheNextOnlyIfThatIsAnUpdate() {
    offer(0, "a", UPDATE);
    offer(1, "b", UPDATE);
    offer(2, "c", BARRIER);
    lanes.start(MANY);
    offer(3, "a", UPDATE);
    offer(4, "b", BARRIER);
    offer(5, "b", UPDATE);
    offer(6, "c", UPDATE);

    assertThat(lanes.superseded("a")).isTrue();
    assertThat(lanes.superseded("b")).isFalse();
    assertThat(lanes.superseded("c")).isFalse();
    assertThat(lanes.superseded("nobody")).isFalse();
  }

  @Test
  void afterThreeSupersedesInARowARunFinishesWhateverComes() {
    offer(0, "a", UPDATE);
    for (int round = 1; round <= Lanes.MAX_SUPERSEDES; round++) {
      Delivery running = lanes.start(MANY).getFirst();
      offer(round, "a", UPDATE);
      assertThat(lanes.superseded("a")).as("round " + round).isTrue();
      lanes.finished(running);
    }
    Delivery fourth = lanes.start(MANY).getFirst();
    offer(10, "a", UPDATE);
    assertThat(lanes.superseded("a")).isFalse();

    lanes.finished(fourth);
    lanes.start(MANY);
    offer(11, "a", UPDATE);
    assertThat(lanes.superseded("a")).as("counted anew").isTrue();
  }

  @Test
  void aRevokedPartitionForgetsWhatIsQueuedAndAnswersWhatRuns() {
    lanes.assigned(1);
    Delivery running = offer(0, "a", BARRIER);
    offer(1, "a", BARRIER);
    Delivery other = Deliveries.of(lanes, 1, 7, "z", BARRIER);
    lanes.offer(other);
    lanes.start(MANY);

    assertThat(lanes.revoked(0)).containsExactly(running);
    assertThat(lanes.owns(running)).isFalse();
    assertThat(lanes.owns(other)).isTrue();
    assertThat(lanes.offsets()).isEqualTo(Map.of(1, 7L));
    assertThat(lanes.backlog()).isEqualTo(1);
    assertThat(lanes.start(MANY)).isEmpty();
  }

  @Test
  void whatRanBeforeAReassignmentDoesNotCountAfterIt() {
    Delivery before = offer(0, "a", BARRIER);
    lanes.start(MANY);
    lanes.revoked(0);
    lanes.assigned(0);
    Delivery again = offer(0, "a", BARRIER);

    assertThat(lanes.owns(before)).isFalse();
    assertThat(lanes.owns(again)).isTrue();
    assertThat(lanes.start(MANY)).containsExactly(again);
    assertThatThrownBy(() -> lanes.finished(before)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aDeliveryOfAPartitionThatIsNotOursIsRefused() {
    Delivery stray = offer(0, "a", BARRIER);
    lanes.revoked(0);

    assertThatThrownBy(() -> lanes.offer(stray)).isInstanceOf(IllegalStateException.class);
  }
}
