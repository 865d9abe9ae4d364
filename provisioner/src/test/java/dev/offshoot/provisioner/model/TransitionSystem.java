package dev.offshoot.provisioner.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that goes from state to state by named steps.
 *
 * @param <S> immutable, with an {@code equals} that is true only of states with the same future
 */
interface TransitionSystem<S> {

  S start();

  /** Everything that can happen next, in a fixed order. */
  List<Step<S>> steps(S state);

  /** Which promise the state breaks, in words. */
  Optional<String> broken(S state);

  /** Whether nothing is under way, so that what is to hold in the end must hold now. */
  boolean atRest(S state);

  /**
   * One thing that can happen.
   *
   * @param name asked for when it is part of a counterexample only
   * @param fair whether it will happen sooner or later if it can; false for what may never happen, as a fault
   */
  record Step<S>(Supplier<String> name, boolean fair, S next) {
    Step(String name, boolean fair, S next) {
      this(() -> name, fair, next);
    }
  }
}
