package dev.offshoot.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param command program and arguments; visible to everyone on the machine, so never a secret
 * @param log file that gets both outputs, appended to; created readable by its owner only
 * @param environment every variable the child sees, except {@code PATH}, which it inherits
 * @param onParentDeath what the child is sent when this process is gone
 */
public record ChildCommand(List<String> command, Path log, Map<String, String> environment, Signal onParentDeath) {
  public ChildCommand {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("A command needs a program");
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public ChildCommand(List<String> command, Path log) {
    this(command, log, Map.of(), Signal.TERM);
  }

  public ChildCommand onParentDeath(Signal signal) {
    return new ChildCommand(command, log, environment, signal);
  }

  /** The variables' values may be secrets. */
  @Override
  public String toString() {
    return "ChildCommand[" + String.join(" ", command) + ", environment=" + environment.keySet() + "]";
  }
}
