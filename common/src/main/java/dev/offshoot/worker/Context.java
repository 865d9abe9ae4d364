package dev.offshoot.worker;

import dev.offshoot.environment.EnvironmentState;

/** What the runtime offers a handler. */
public interface Context {
  /** So many tries in vain are worth being seen in the state, while they go on. */
  int ATTEMPTS_BEFORE_TELLING = 10;

  /** The environment of this lane, with everything this worker has committed and all that the message was said with. */
  EnvironmentState environment();

  /** All environments, as far as this process has read them. */
  StateView state();

  /**
   * Publishes now, in a transaction of its own, while the message stays open: an intent before its first effect (law). Returns once
   * committed; {@link #environment()} shows it then.
   *
   * @throws InterruptedException when the lane was cancelled before the commit
   */
  void commit(Publication publication) throws InterruptedException;

  /**
   * Whether a newer update, or a wish to destroy, waits behind this message, or the environment has left the message's incarnation. Ask
   * between steps, never inside a migration, and return {@link Outcome.Rejected} when it is true. After three supersedes in a row it stays
   * false.
   */
  boolean superseded();

  /** 1 for the first try of this message in this process. */
  int attempt();
}
