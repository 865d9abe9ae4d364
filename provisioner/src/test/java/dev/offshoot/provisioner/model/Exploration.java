package dev.offshoot.provisioner.model;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What came out of looking at every state that can be reached.
 *
 * @param steps how many steps lead from these states to one of them
 * @param depth how many steps the farthest state is from the start
 * @param atRest in how many of them nothing is under way
 */
record Exploration(int states, long steps, int depth, int atRest, Optional<Counterexample> counterexample) {

  /** The shortest way from the start to a state that breaks a promise. */
  record Counterexample(String broken, List<String> path) {
    @Override
    public String toString() {
      StringJoiner text = new StringJoiner("\n").add(broken + ", after:");
      for (int i = 0; i < path.size(); i++) {
        text.add("  " + (i + 1) + ". " + path.get(i));
      }
      return text.toString();
    }
  }
}
