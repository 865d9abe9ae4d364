package dev.offshoot.cli;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.offshoot.cli.view.HookView;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;

/** {@code offshoot hooks list}. */
@Command(
    name = "list",
    description = {
        "List the webhooks: where the git host must deliver to, and which events to select there.",
        "docs/git-hosts has a page for each git host."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot hooks list", "  offshoot hooks list --url https://hooks.example.com",
        "  offshoot hooks list --config offshoot.yaml --json"})
final class HooksListCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Option(names = "--url", paramLabel = "URL",
      description = "The address that webhook-ingest is reached at, as the git host has it (default: where it runs here).")
  private Optional<URI> url = Optional.empty();

  @Override
  public Integer call() {
    OffshootConfig config = system.config();
    WebhookAddress address = new WebhookAddress(system, config, url);
    List<HookView> views = config.repositories().values().stream()
        .sorted(Comparator.comparing((RepositoryConfig repository) -> repository.key().value()))
        .map(repository -> HookView.of(repository).at(address.find(repository))).toList();
    output.result(views, views.isEmpty() ? "The configuration has no repositories." : HookView.table(views));
    if (url.isEmpty() && !views.isEmpty()) {
      output.note("That is where webhook-ingest runs here. With --url https://hooks.example.com it is as the git host must have it");
    }
    return 0;
  }
}
