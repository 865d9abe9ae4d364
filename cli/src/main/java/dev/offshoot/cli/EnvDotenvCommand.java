package dev.offshoot.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.offshoot.cli.view.Dotenv;
import dev.offshoot.cli.view.EnvironmentView;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.wire.StateTable;

/** {@code offshoot env dotenv}. */
@Command(
    name = "dotenv",
    description = "Print the variables an application needs to use an environment, passwords among them.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot env dotenv feature/new_cool_page > .env",
        "  set -a; eval \"$(offshoot env dotenv feature/new_cool_page)\"; set +a"})
final class EnvDotenvCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Mixin
  private final EnvironmentName name = new EnvironmentName();

  @Override
  public Integer call() {
    OffshootConfig config = system.config();
    try (StateTable table = StateTable.open(config.kafka())) {
      EnvironmentState environment = name.in(table);
      Dotenv dotenv = Access.to(environment, config).dotenv();
      EnvironmentView.of(environment).ifPresent(view -> view.rebuild().ifPresent(next -> output.note("These are of incarnation "
          + view.incarnation() + "; a rebuild makes incarnation " + next.incarnation() + ", which gets other values")));
      output.result(dotenv.variables(), dotenv.text());
      return 0;
    }
  }
}
