package dev.offshoot.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.offshoot.cli.view.ReportView;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.wire.StateTable;

/** {@code offshoot report list}. */
@Command(
    name = "list",
    description = "List the delta reports of an environment, the newest first, or the newest one of each environment.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot report list", "  offshoot report list feature/new_cool_page --json"})
final class ReportListCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Parameters(paramLabel = "NAME", arity = "0..1",
      description = "The environment's name, the beginning of it, or its branch; without it, all environments.")
  private Optional<String> name = Optional.empty();

  @Override
  public Integer call() {
    OffshootConfig config = system.config();
    try (StateTable table = StateTable.open(config.kafka())) {
      List<ReportView> views = name.isPresent()
          ? ofOne(config, new Lookup(table.all()).find(name.get()))
          : table.all().stream().flatMap(state -> ReportView.of(state).stream()).sorted(ReportView.ORDER).toList();
      output.result(views, views.isEmpty() ? "No reports." : ReportView.table(views));
      return 0;
    }
  }

  private static List<ReportView> ofOne(OffshootConfig config, EnvironmentState environment) {
    return new KeptReports(config, environment).all().stream()
        .flatMap(kept -> kept.report().stream().map(report -> ReportView.of(kept.key(), report, environment.report()))).toList();
  }
}
