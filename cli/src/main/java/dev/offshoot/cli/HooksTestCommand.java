package dev.offshoot.cli;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;

/** {@code offshoot hooks test}. */
@Command(
    name = "test",
    description = {
        "Send a signed delivery, in the shape of the repository's git host, to webhook-ingest, and follow it to the provisioner.",
        "It says that the branch " + HookTrial.BRANCH + " is gone. The provisioner looks at the ref itself, so nothing is made, and "
            + "nothing removed while such a branch exists.",
        "A pass shows that webhook-ingest runs with this configuration's secret and that requests reach the provisioner. Whether "
            + "the git host reaches it, and signs with the same secret, only a delivery of the git host shows."},
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  offshoot hooks test shop", "  offshoot hooks test shop --url https://hooks.example.com"})
final class HooksTestCommand implements Callable<Integer> {
  @Mixin
  private final SystemOptions system = new SystemOptions();

  @Mixin
  private final Output output = new Output();

  @Parameters(paramLabel = "REPOSITORY", description = "The repository's key in the configuration.")
  private String repository = "";

  @Option(names = "--url", paramLabel = "URL",
      description = "The address that webhook-ingest is reached at, as the git host has it (default: where it runs here).")
  private Optional<URI> url = Optional.empty();

  @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "30",
      description = "How long to wait for each step (default: ${DEFAULT-VALUE}).")
  private long timeoutSeconds = 30;

  @Override
  public Integer call() throws InterruptedException {
    OffshootConfig config = system.config();
    RepositoryConfig known = Repositories.named(config, repository);
    try (HookTrial trial = HookTrial.open(config, known)) {
      HookTrial.Report report = trial.run(new WebhookAddress(system, config, url).of(known), Math.max(1, timeoutSeconds), step -> output.note("  " + step.line()));
      output.result(report, report.passed()
          ? "The webhook of " + repository + " works from webhook-ingest to the provisioner."
          : "The webhook of " + repository + " does not work: " + report.steps().getLast().says());
      return report.passed() ? 0 : 1;
    }
  }
}
