package dev.offshoot.worker.runtime;

import static dev.offshoot.worker.runtime.Deliveries.Kind.BARRIER;
import static dev.offshoot.worker.runtime.Deliveries.Kind.NOT_TAKEN;
import static dev.offshoot.worker.runtime.Deliveries.Kind.UNDECODABLE;
import static dev.offshoot.worker.runtime.Deliveries.Kind.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes lanes = new Lanes();

  @BeforeEach
  void onePartitionIsOurs() {
    lanes.assigned(0);
  }

  private List<Delivery> start() {
    return Stream.iterate(lanes.start(), Optional::isPresent, _ -> lanes.start()).map(Optional::orElseThrow).toList();
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

    assertThat(start()).containsExactly(first);
    assertThat(start()).isEmpty();
    lanes.finished(first);
    assertThat(start()).containsExactly(second);
  }

  @Test
  void lanesRunBesideEachOther() {
    Delivery first = offer(0, "a", UPDATE);
    Delivery second = offer(1, "b", UPDATE);

    assertThat(start()).containsExactly(first, second);
  }

  @Test
  void aBusyLaneDoesNotKeepOthersWaiting() {
    Delivery busy = offer(0, "a", BARRIER);
    Delivery later = offer(1, "a", BARRIER);
    Delivery patient = offer(2, "b", BARRIER);

    assertThat(lanes.start()).contains(busy);
    lanes.finished(busy);
    assertThat(start()).containsExactly(patient, later);
  }

  @Test
  void adjacentUpdatesCollapseToTheNewest() {
    offer(0, "a", UPDATE);
    offer(1, "a", UPDATE);
    Delivery newest = offer(2, "a", UPDATE);

    assertThat(start()).containsExactly(newest);
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
      assertThat(start()).containsExactly(next);
      lanes.finished(next);
    }
  }

  @Test
  void anUndecodableRecordIsABarrier() {
    Delivery update = offer(0, "a", UPDATE);
    offer(1, "a", UNDECODABLE);
    offer(2, "a", UPDATE);

    assertThat(start()).containsExactly(update);
  }

  @Test
  void whatTheWorkerDoesNotTakeSeparatesNothing() {
    offer(0, "a", UPDATE);
    offer(1, "a", NOT_TAKEN);
    Delivery newest = offer(2, "a", UPDATE);

    assertThat(start()).containsExactly(newest);
  }

  @Test
  void whatTheWorkerDoesNotTakeIsPassedAtOnce() {
    offer(4, "a", NOT_TAKEN);

    assertThat(start()).isEmpty();
    assertThat(lanes.offsets()).isEqualTo(Map.of(0, 5L));
    assertThat(lanes.backlog()).isZero();
  }

  @Test
  void theOffsetIsTheLowestUnfinishedDeliveredOneWhateverTheGaps() {
    assertThat(lanes.offsets()).isEmpty();
    Delivery a = offer(10, "a", BARRIER);
    Delivery b = offer(14, "b", BARRIER);
    Delivery next = offer(20, "a", BARRIER);

    start();
    lanes.finished(b);
    assertThat(lanes.offsets()).isEqualTo(Map.of(0, 10L));
    lanes.finished(a);
    assertThat(lanes.offsets()).isEqualTo(Map.of(0, 20L));
    start();
    lanes.finished(next);
    assertThat(lanes.offsets()).isEqualTo(Map.of(0, 21L));
  }

  @Test
  void aRunningUpdateIsSupersededByTheNextOnlyIfThatIsAnUpdate() {
    Delivery running = offer(0, "a", UPDATE);
    offer(1, "b", UPDATE);
    offer(2, "c", BARRIER);
    start();

    assertThat(lanes.superseded(offer(3, "a", UPDATE))).contains(running);
    assertThat(lanes.superseded(offer(4, "b", BARRIER))).isEmpty();
    assertThat(lanes.superseded(offer(5, "b", UPDATE))).isEmpty();
    assertThat(lanes.superseded(offer(6, "c", UPDATE))).isEmpty();
    assertThat(lanes.superseded(offer(7, "d", UPDATE))).as("nothing runs in its lane").isEmpty();
  }

  @Test
  void afterThreeSupersedesInARowARunFinishesWhateverComes() {
    offer(0, "a", UPDATE);
    for (int round = 1; round <= Lanes.MAX_SUPERSEDES; round++) {
      Delivery running = start().getFirst();
      assertThat(lanes.superseded(offer(round, "a", UPDATE))).as("round " + round).contains(running);
      lanes.finished(running);
    }
    Delivery fourth = start().getFirst();
    assertThat(lanes.superseded(offer(10, "a", UPDATE))).isEmpty();

    lanes.finished(fourth);
    Delivery fifth = start().getFirst();
    assertThat(lanes.superseded(offer(11, "a", UPDATE))).as("counted anew").contains(fifth);
  }

  @Test
  void aRevokedPartitionForgetsWhatIsQueuedAndAnswersWhatRuns() {
    lanes.assigned(1);
    Delivery running = offer(0, "a", BARRIER);
    offer(1, "a", BARRIER);
    Delivery other = Deliveries.of(lanes, 1, 7, "z", BARRIER);
    lanes.offer(other);
    start();

    assertThat(lanes.revoked(0)).containsExactly(running);
    assertThat(lanes.owns(running)).isFalse();
    assertThat(lanes.owns(other)).isTrue();
    assertThat(lanes.offsets()).isEqualTo(Map.of(1, 7L));
    assertThat(lanes.backlog()).isEqualTo(1);
    assertThat(start()).isEmpty();
  }

  @Test
  void whatRanBeforeAReassignmentDoesNotCountAfterIt() {
    Delivery before = offer(0, "a", BARRIER);
    start();
    lanes.revoked(0);
    lanes.assigned(0);
    Delivery again = offer(0, "a", BARRIER);

    assertThat(lanes.owns(before)).isFalse();
    assertThat(lanes.owns(again)).isTrue();
    assertThat(start()).containsExactly(again);
    assertThatThrownBy(() -> lanes.finished(before)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theSameKeyOnTwoPartitionsIsTwoLanes() {
    lanes.assigned(1);
    Delivery here = offer(0, "undecodable a", UNDECODABLE);
    Delivery there = Deliveries.of(lanes, 1, 0, "undecodable a", UNDECODABLE);
    lanes.offer(there);

    assertThat(start()).containsExactly(here, there);
    lanes.revoked(0);
    lanes.finished(there);
    assertThat(lanes.offsets()).isEqualTo(Map.of(1, 1L));
  }

  @Test
  void aPartitionWeighsWhatIsQueuedOrRuns() {
    assertThat(lanes.weights()).isEqualTo(Map.of(0, 0L));
    Delivery running = offer(0, "a", BARRIER);
    start();
    Delivery passedOver = offer(1, "a", UPDATE);
    Delivery queued = offer(2, "a", UPDATE);

    assertThat(passedOver.weight()).isPositive();
    assertThat(lanes.weights()).isEqualTo(Map.of(0, running.weight() + queued.weight()));
    lanes.finished(running);
    assertThat(lanes.weights()).isEqualTo(Map.of(0, queued.weight()));
  }

  @Test
  void aDeliveryOfAPartitionThatIsNotOursIsRefused() {
    Delivery stray = offer(0, "a", BARRIER);
    lanes.revoked(0);

    assertThatThrownBy(() -> lanes.offer(stray)).isInstanceOf(IllegalStateException.class);
  }
}
