package dev.offshoot.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever comes in whatever order: the laws of {@link Lanes} hold after every step, and nothing is lost in the
 * end.
 */
class LanesLawsTest {
  private static final int PARTITIONS = 2;

  /** What can happen to lanes. */
  sealed interface Step {
    /** The next record of a partition comes; where the log has none, one is written after a gap of control records. */
    record Deliver(int partition, String lane, Deliveries.Kind kind, int gap) implements Step {}

    /** So many lanes start, if there are as many that may. */
    record Start(int most) implements Step {}

    /** One of the running ones ends. */
    record Finish(int which) implements Step {}

    record Commit() implements Step {}

    record Revoke(int partition) implements Step {}

    record Assign(int partition) implements Step {}
  }

  @Property(tries = 5_000)
  void theLawsHoldAfterEveryStepAndNothingIsLost(@ForAll("steps") List<Step> steps) {
    List<LanesModel> partitions = new ArrayList<>();
    Lanes lanes = new Lanes();
    for (int number = 0; number < PARTITIONS; number++) {
      partitions.add(new LanesModel(lanes, number));
      partitions.getLast().assign();
    }
    for (Step step : steps) {
      take(step, lanes, partitions);
      partitions.forEach(LanesModel::offsetIsTheLowestUnfinished);
      assertThat(lanes.backlog()).isEqualTo(partitions.stream().mapToInt(LanesModel::waiting).sum());
    }
    drain(lanes, partitions);
    partitions.forEach(LanesModel::nothingIsLost);
    assertThat(lanes.backlog()).isZero();
  }

  private static void take(Step step, Lanes lanes, List<LanesModel> partitions) {
    switch (step) {
      case Step.Deliver d -> partitions.get(d.partition()).deliver(d);
      case Step.Start s -> start(lanes, s.most(), partitions);
      case Step.Finish f -> {
        List<LanesModel> busy = partitions.stream().filter(LanesModel::isRunning).toList();
        if (!busy.isEmpty()) {
          busy.get(f.which() % busy.size()).finish(f.which());
        }
      }
      case Step.Commit _ -> partitions.forEach(LanesModel::commit);
      case Step.Revoke r -> partitions.get(r.partition()).revoke();
      case Step.Assign a -> partitions.get(a.partition()).assign();
    }
  }

  private static int start(Lanes lanes, int most, List<LanesModel> partitions) {
    int started = 0;
    for (Optional<Delivery> next = lanes.start(); next.isPresent(); next = ++started < most ? lanes.start() : Optional.empty()) {
      partitions.get(next.get().partition()).started(next.get());
    }
    return started;
  }

  private static void drain(Lanes lanes, List<LanesModel> partitions) {
    partitions.forEach(LanesModel::assign);
    partitions.forEach(LanesModel::deliverRest);
    do {
      partitions.stream().filter(LanesModel::isRunning).forEach(LanesModel::finishAll);
    } while (start(lanes, 100, partitions) > 0);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> partition = Arbitraries.integers().between(0, PARTITIONS - 1);
    Arbitrary<Step> deliver = Combinators.combine(
            partition, Arbitraries.of("a", "b", "c"), Arbitraries.of(Deliveries.Kind.class), Arbitraries.integers()
                .between(1, 3))
        .as(Step.Deliver::new);
    return Arbitraries.frequencyOf(
        Tuple.of(8, deliver),
        Tuple.of(4, Arbitraries.integers().between(1, 4).map(Step.Start::new)),
        Tuple.of(5, Arbitraries.integers().between(0, 9).map(Step.Finish::new)),
        Tuple.of(2, Arbitraries.just(new Step.Commit())),
        Tuple.of(1, partition.map(Step.Revoke::new)),
        Tuple.of(2, partition.map(Step.Assign::new))).list().ofMaxSize(60);
  }
}
