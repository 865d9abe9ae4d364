package dev.offshoot.process;

import java.util.Optional;

/**
 * Starts processes, and decides what they end with.
 *
 * <p>Law: {@link #bond} tells of every process it starts what that ends with, however that ends (on Linux with {@code
 * setpriv}).
 */
public sealed interface Starter permits BoundStarter, FreeStarter, KeptStarter {

  /** Starts it and feeds the text, which may hold secrets, to its standard input. */
  RunningProcess start(ChildCommand command, String stdin);

  /** What the started processes end with; empty when they end by themselves only. */
  Optional<RunningProcess> bond();
}
