package dev.offshoot.cli;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.offshoot.cli.view.BackupView;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.wire.StateTable;

/** {@code offshoot backups}. */
@Command(
    name = "backups",
    description = "Look at what was kept of environments before they were removed.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:",
        "  offshoot backups list",
        "  offshoot backups list feature/new_cool_page"},
    subcommands = BackupsCommand.ListAll.class)
final class BackupsCommand {

  /** {@code offshoot backups list}. */
  @Command(
      name = "list",
      description = "List the backups with their proofs, and when each is dropped. 'offshoot env restore' brings one back.",
      mixinStandardHelpOptions = true,
      footer = {"", "Examples:", "  offshoot backups list", "  offshoot backups list feature/new_cool_page",
          "  offshoot backups list --repository shop --json"})
  static final class ListAll implements Callable<Integer> {
    @Mixin
    private final SystemOptions system = new SystemOptions();

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only of this environment: its name, its beginning, or its branch.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--repository", paramLabel = "KEY", description = "Only of this repository.")
    private Optional<String> repository = Optional.empty();

    @Option(names = "--all", description = "Also those that are dropped already.")
    private boolean all;

    @Override
    public Integer call() {
      OffshootConfig config = system.config();
      Optional<RepositoryKey> only = repository.map(key -> Repositories.named(config, key).key());
      try (StateTable state = StateTable.open(config.kafka())) {
        Collection<EnvironmentState> known = state.all();
        List<BackupView> rows = (name.isPresent() ? List.of(new Lookup(known).find(name.get())) : known).stream()
            .filter(environment -> only.isEmpty() || environment.presence().map(p -> p.origin().repository()).equals(only))
            .flatMap(environment -> BackupView.of(environment, config.stores().backupRetention()))
            .filter(view -> all || view.dropped().isEmpty())
            .sorted(BackupView.ORDER)
            .toList();
        output.result(rows, rows.isEmpty() ? "No backups." : BackupView.table(rows, Clock.systemUTC().instant()));
        return 0;
      }
    }
  }
}
