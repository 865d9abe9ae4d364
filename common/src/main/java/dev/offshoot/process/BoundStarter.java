package dev.offshoot.process;

import java.util.Optional;

/** What it starts ends with this process. */
public record BoundStarter() implements Starter {

  @Override
  public RunningProcess start(ChildCommand command, String stdin) {
    return ProcessSpawner.ofThisJvm().start(command, stdin).identity();
  }

  @Override
  public Optional<RunningProcess> bond() {
    return Optional.of(RunningProcess.current());
  }
}
