package dev.offshoot.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.offshoot.cli.view.EnvironmentView;
import dev.offshoot.wire.StateTable;

/** {@code offshoot env show}. */
@Command(
    name = "show",
    description = "Show an environment: phase, commit, what failed and where, stores, report, backups.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot env show new-cool-page-k3v7q2x4ma",
        "  offshoot env show feature/new_cool_page --json"})
final class EnvShowCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final EnvironmentName name = new EnvironmentName();

  @Override
  public Integer call() {
    try (StateTable table = StateTable.open(system.config().kafka())) {
      EnvironmentView view = EnvironmentView.of(name.in(table)).orElseThrow();
      output.result(view, view.text());
      return 0;
    }
  }
}
