package dev.offshoot.cli;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.offshoot.cli.view.HookView;
import dev.offshoot.config.RepositoryConfig;

/** {@code offshoot hooks list}. */
@Command(
    name = "list",
    description = {
        "List the webhooks: where the git host must deliver to, and which events to select there.",
        "docs/git-hosts has a page for each git host."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot hooks list", "  offshoot hooks list --config offshoot.yaml --json"})
final class HooksListCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Override
  public Integer call() {
    List<HookView> views = system.config().repositories().values().stream()
        .sorted(Comparator.comparing((RepositoryConfig repository) -> repository.key().value()))
        .map(HookView::of).toList();
    output.result(views, views.isEmpty() ? "The configuration has no repositories." : HookView.table(views));
    return 0;
  }
}
