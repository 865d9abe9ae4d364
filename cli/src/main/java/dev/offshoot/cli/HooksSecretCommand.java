package dev.offshoot.cli;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.offshoot.cli.view.HookView;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.RepositoryConfig;

/** {@code offshoot hooks secret}. */
@Command(
    name = "secret",
    description = "Make secrets for webhooks.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:",
        "  offshoot hooks secret new"},
    subcommands = HooksSecretCommand.New.class)
final class HooksSecretCommand {

  /** {@code offshoot hooks secret new}. */
  @Command(
      name = "new",
      description = {
          "Print a fresh secret, and where to paste it. Nothing is kept or changed.",
          "To replace one without losing a delivery: add the new one behind the old one in the configuration and restart "
              + "webhook-ingest, then change it at the git host, then remove the old one from the configuration."},
      mixinStandardHelpOptions = true,
      footer = {"", "Examples:", "  offshoot hooks secret new", "  offshoot hooks secret new shop --config offshoot.yaml"})
  static final class New implements Callable<Integer> {
    private static final int BYTES = 32;

    @Mixin
    private final SystemOptions system = new SystemOptions();

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "REPOSITORY", arity = "0..1",
        description = "The repository's key in the configuration, to be told where its git host wants it.")
    private Optional<String> repository = Optional.empty();

    /**
     * What {@code --json} prints.
     *
     * @param secret shown once
     */
    record Fresh(String secret, String configuration, String gitHost) {}

    @Override
    public Integer call() {
      Optional<RepositoryConfig> known = repository.map(key -> Repositories.named(system.config(), key));
      Fresh fresh = new Fresh(
          secret(known.map(RepositoryConfig::host)),
          "repositories." + known.map(r -> r.key().value()).orElse("<key>") + ".secrets",
          known.map(r -> HookView.secretField(r.host())).orElse("the webhook's field for a secret"));
      output.result(fresh, fresh.secret());
      if (!output.json()) {
        output.note("Paste it at the git host into: " + fresh.gitHost());
        output.note("and set it in the environment variable that " + fresh.configuration() + " names, beside the old one if there is one.");
      }
      return 0;
    }

    /** Standard Webhooks has a way to write keys of its own. */
    private static String secret(Optional<GitHostName> host) {
      byte[] bytes = new byte[BYTES];
      new SecureRandom().nextBytes(bytes);
      return host.filter(GitHostName.GENERIC::equals).isPresent()
          ? "whsec_" + Base64.getEncoder().encodeToString(bytes)
          : HexFormat.of().formatHex(bytes);
    }
  }
}
