package dev.offshoot.provisioner.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.offshoot.provisioner.model.Exploration.Counterexample;
import dev.offshoot.provisioner.model.TransitionSystem.Step;

/**
 * Visits every state of a transition system, nearest first, so that the way to the first broken promise is a shortest
 * one. When none is broken it also looks whether fair steps alone lead from every state to one at rest.
 */
final class Explorer<S> {
  private final TransitionSystem<S> system;
  private final int bound;
  private final Map<S, Integer> numbers = new HashMap<>();
  private final List<S> states = new ArrayList<>();
  private final IntList parents = new IntList();
  private final IntList depths = new IntList();
  /** Pairs: from, to. */
  private final IntList fair = new IntList();
  private final BitSet resting = new BitSet();
  private long steps;

  private Explorer(TransitionSystem<S> system, int bound) {
    this.system = system;
    this.bound = bound;
  }

  /** @param bound more states than these are an error: the model has no end, or its bounds are too wide */
  static <S> Exploration explore(TransitionSystem<S> system, int bound) {
    return new Explorer<>(system, bound).explore();
  }

  private Exploration explore() {
    number(system.start(), -1);
    for (int i = 0; i < states.size(); i++) {
      S state = states.get(i);
      Optional<String> broken = system.broken(state);
      if (broken.isPresent()) {
        return result(Optional.of(new Counterexample(broken.get(), path(i))));
      }
      if (system.atRest(state)) {
        resting.set(i);
      }
      for (Step<S> step : system.steps(state)) {
        steps++;
        int next = number(step.next(), i);
        if (step.fair()) {
          fair.add(i);
          fair.add(next);
        }
      }
    }
    return result(stuck().map(i -> new Counterexample("it can come to rest no more", path(i))));
  }

  private int number(S state, int parent) {
    Integer known = numbers.putIfAbsent(state, states.size());
    if (known != null) {
      return known;
    }
    if (states.size() >= bound) {
      throw new IllegalStateException("More than " + bound + " states can be reached");
    }
    states.add(state);
    parents.add(parent);
    depths.add(parent < 0 ? 0 : depths.get(parent) + 1);
    return states.size() - 1;
  }

  /** The nearest state from which no fair steps lead to rest. */
  private Optional<Integer> stuck() {
    int[] starts = new int[states.size() + 1];
    for (int e = 1; e < fair.size(); e += 2) {
      starts[fair.get(e) + 1]++;
    }
    for (int i = 0; i < states.size(); i++) {
      starts[i + 1] += starts[i];
    }
    int[] filled = starts.clone();
    int[] before = new int[fair.size() / 2];
    for (int e = 0; e < fair.size(); e += 2) {
      before[filled[fair.get(e + 1)]++] = fair.get(e);
    }
    BitSet coming = (BitSet) resting.clone();
    Deque<Integer> open = new ArrayDeque<>(resting.stream().boxed().toList());
    while (!open.isEmpty()) {
      int to = open.remove();
      IntStream.range(starts[to], starts[to + 1]).map(e -> before[e]).filter(from -> !coming.get(from))
          .forEach(from -> {
            coming.set(from);
            open.add(from);
          });
    }
    int first = coming.nextClearBit(0);
    return first < states.size() ? Optional.of(first) : Optional.empty();
  }

  private List<String> path(int number) {
    List<String> names = new ArrayList<>();
    for (int to = number; parents.get(to) >= 0; to = parents.get(to)) {
      S next = states.get(to);
      names.add(system.steps(states.get(parents.get(to))).stream()
          .filter(step -> step.next().equals(next)).findFirst().map(step -> step.name().get()).orElse("?"));
    }
    Collections.reverse(names);
    return names;
  }

  private Exploration result(Optional<Counterexample> counterexample) {
    int deepest = states.isEmpty() ? 0 : depths.get(states.size() - 1);
    return new Exploration(states.size(), steps, deepest, resting.cardinality(), counterexample);
  }
}
