package dev.offshoot.provisioner.memory;

import dev.offshoot.worker.Failure;

/** What becomes of one call. */
public sealed interface Mishap {

  /** It fails before it has any effect. */
  record Fails(Failure.Kind kind, String message) implements Mishap {}

  /** It is done, and the caller hears of a failure: the answer was lost on its way. */
  record LosesItsAnswer(Failure.Kind kind, String message) implements Mishap {}

  /** It answers that there is nothing: a find, a snapshot or a listing that knows of nothing. */
  record Forgets() implements Mishap {}

  /** It waits for a signal and is done then. */
  record Waits(Gate gate) implements Mishap {}
}
