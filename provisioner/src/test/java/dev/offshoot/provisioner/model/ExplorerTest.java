package dev.offshoot.provisioner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offshoot.provisioner.model.Exploration.Counterexample;

class ExplorerTest {
  /** A counter that can be raised by one or two up to ten, and dropped to nothing. */
  private record Counter(int limit, Predicate<Integer> wrong, boolean drops) implements TransitionSystem<Integer> {
    @Override
    public Integer start() {
      return 0;
    }

    @Override
    public List<Step<Integer>> steps(Integer state) {
      return Stream.of(new Step<>("one", true, state + 1), new Step<>("two", true, state + 2),
          new Step<>("drop", false, drops ? -1 : state)).filter(step -> state >= 0 && step.next() <= limit).toList();
    }

    @Override
    public Optional<String> broken(Integer state) {
      return wrong.test(state) ? Optional.of("it is " + state) : Optional.empty();
    }

    @Override
    public boolean atRest(Integer state) {
      return state == limit;
    }
  }

  @Test
  void everyStateIsVisitedOnce() {
    Exploration all = Explorer.explore(new Counter(10, state -> false, false), 100);
    assertThat(all.counterexample()).isEmpty();
    assertThat(all.states()).isEqualTo(11);
    assertThat(all.depth()).isEqualTo(5);
    assertThat(all.atRest()).isEqualTo(1);
  }

  @Test
  void theWayToABrokenPromiseIsAShortestOne() {
    Counterexample found = Explorer.explore(new Counter(10, state -> state == 5, false), 100).counterexample()
        .orElseThrow();
    assertThat(found.path()).hasSize(3).containsOnly("one", "two");
    assertThat(found.toString()).startsWith("it is 5, after:\n  1. ");
  }

  @Test
  void aStateThatLeadsToNoRestIsFound() {
    Counterexample found = Explorer.explore(new Counter(10, state -> false, true), 100).counterexample().orElseThrow();
    assertThat(found.path()).containsExactly("drop");
    assertThat(found.broken()).isEqualTo("it can come to rest no more");
  }

  @Test
  void aSystemWithoutAnEndIsRefused() {
    assertThatThrownBy(() -> Explorer.explore(new Counter(1_000_000, state -> false, false), 100))
        .isInstanceOf(IllegalStateException.class);
  }
}
