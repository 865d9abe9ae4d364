package dev.offshoot.proof.fault;

import java.time.Duration;
import java.util.Optional;

import dev.offshoot.proof.check.Expectation;

/**
 * One fault on a running installation.
 *
 * @param label as it stands in the table
 * @param does what is done, in words
 * @param obstacle why it cannot be run here; empty where it can
 */
record Scenario(String label, String does, Optional<String> obstacle, Play play) {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  Scenario(String label, String does, Play play) {
    this(label, does, Optional.empty(), play);
  }

  /** Breaks something, mends it, and says what is to be expected now besides what was expected before. */
  @FunctionalInterface
  interface Play {
    Expectation on(Rig rig, Expectation before) throws Exception;
  }
}
