package dev.offshoot.process;

import java.util.Optional;

/** What it starts outlives this process, and signals to this process's group do not reach it. */
public record FreeStarter() implements Starter {

  @Override
  public RunningProcess start(ChildCommand command, String stdin) {
    return ProcessSpawner.ofThisJvm().startFree(command, stdin).identity();
  }

  @Override
  public Optional<RunningProcess> bond() {
    return Optional.empty();
  }
}
