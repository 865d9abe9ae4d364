package dev.offshoot.cli;

import java.util.Map;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code offshoot completion}. */
@Command(
    name = "completion",
    description = {
        "Print what makes bash or zsh complete the commands and options of offshoot.",
        "For every new shell, write the example's line into ~/.bashrc or ~/.zshrc."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  source <(offshoot completion)"})
final class CompletionCommand implements Runnable {
  @Mixin
  private final Output output = new Output();

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    String script = AutoComplete.bash("offshoot", spec.root().commandLine());
    output.result(Map.of("shell", "bash", "script", script), script.stripTrailing());
  }
}
