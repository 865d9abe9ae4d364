package dev.offshoot.cli;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.view.EnvironmentView;
import dev.offshoot.cli.view.Harmless;
import dev.offshoot.cli.view.Table;
import dev.offshoot.cli.view.Times;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.Phase;
import dev.offshoot.wire.StateTable;

/** {@code offshoot env list}. */
@Command(
    name = "list",
    description = "List the environments, Staging among them.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot env list", "  offshoot env list --all --json"})
final class EnvListCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Option(names = "--all", description = "Destroyed ones too.")
  private boolean all;

  @Override
  public Integer call() {
    try (StateTable table = StateTable.open(system.config().kafka())) {
      List<EnvironmentView> views = table.all().stream()
          .filter(e -> all || e.phase() != Phase.DESTROYED)
          .flatMap(e -> EnvironmentView.of(e).stream())
          .sorted(Comparator.comparing(EnvironmentView::repository).thenComparing(EnvironmentView::name))
          .toList();
      output.result(views, views.isEmpty() ? "No environments." : table(views));
      return 0;
    }
  }

  private static String table(List<EnvironmentView> views) {
    Table table = new Table("ENVIRONMENT", "KIND", "REPOSITORY", "BRANCH", "PHASE", "COMMIT", "VERSION", "SINCE");
    for (EnvironmentView view : views) {
      table.row(view.name(), view.kind(), view.repository(), Harmless.line(view.branch()),
          view.phase() + view.rebuild().map(_ -> ", rebuild").orElse(""),
          view.commit().map(c -> new Commit(c).brief()).orElse("-"), Harmless.line(view.version().orElse("-")),
          view.since().map(Times::seconds).orElse("-"));
    }
    return table.text();
  }
}
