package dev.offshoot.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

import dev.offshoot.cli.view.HookView;
import dev.offshoot.config.ConfigException;
import dev.offshoot.config.ConfigFile;
import dev.offshoot.config.GitHostName;
import dev.offshoot.environment.RepositoryKey;

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
          "Print a fresh secret, and where to paste it. Nothing is kept or changed, and no configuration is needed.",
          "To replace one without losing a delivery: add the new one behind the old one in the configuration and restart "
              + "webhook-ingest, then change it at the git host, then remove the old one from the configuration."},
      mixinStandardHelpOptions = true,
      footer = {"", "Examples:", "  offshoot hooks secret new shop --host gitea",
          "  offshoot hooks secret new shop --data ~/offshoot"})
  static final class New implements Callable<Integer> {
    private static final int BYTES = 32;

    @Mixin
    private final SystemOptions system = new SystemOptions();

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "REPOSITORY", arity = "0..1",
        description = "The repository's key in the configuration, also one that is not there yet.")
    private Optional<String> repository = Optional.empty();

    @Option(names = "--host", paramLabel = "HOST", converter = Host.class,
        description = "Its git host: github, gitea, gitlab, bitbucket-cloud, bitbucket-data-center, azure-devops or generic"
            + " (default: what the configuration says).")
    private Optional<GitHostName> host = Optional.empty();

    /**
     * What {@code --json} prints.
     *
     * @param secret shown once
     */
    record Fresh(String secret, String configuration, String gitHost) {}

    @Override
    public Integer call() {
      Optional<RepositoryKey> key = repository.map(RepositoryKey::new);
      Optional<GitHostName> known = host.or(() -> key.flatMap(this::configured));
      Fresh fresh = new Fresh(secret(known), "repositories." + key.map(RepositoryKey::value).orElse("<key>") + ".secrets",
          known.map(HookView::secretField).orElse("the webhook's field for a secret"));
      output.result(fresh, fresh.secret());
      if (!output.json()) {
        String variable = key.map(RepositoryKey::value).orElse("shop").toUpperCase(Locale.ROOT).replace('-', '_') + "_WEBHOOK_SECRET";
        output.note("At the git host, paste it into: " + fresh.gitHost());
        output.note("In the configuration, write " + fresh.configuration() + ": [\"${" + variable + "}\"], with another behind an old one;");
        output.note("and set " + variable + " to it where webhook-ingest, or 'up', is started.");
        if (known.isEmpty()) {
          output.note("Where host is generic, add --host generic: its secrets are written in another way.");
        }
      }
      return 0;
    }

    /** Of a file that need not be complete yet, or there. */
    private Optional<GitHostName> configured(RepositoryKey key) {
      return system.configFile().map(Stream::of)
          .orElseGet(() -> Stream.of(system.data().userConfig(), system.data().effectiveConfig()))
          .flatMap(file -> written(file, key).stream()).findFirst();
    }

    private static Optional<GitHostName> written(Path file, RepositoryKey key) {
      try {
        return GitHostName.of(ConfigFile.tree(file).path("repositories").path(key.value()).path("host").asText());
      } catch (ConfigException e) {
        return Optional.empty(); // what is wrong with it is not asked here
      }
    }

    /** By the name that the configuration has. */
    static final class Host implements ITypeConverter<GitHostName> {
      @Override
      public GitHostName convert(String value) {
        return GitHostName.of(value).orElseThrow(() -> new TypeConversionException("'" + value + "' is not one of "
            + Arrays.stream(GitHostName.values()).map(GitHostName::key).collect(Collectors.joining(", "))));
      }
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
