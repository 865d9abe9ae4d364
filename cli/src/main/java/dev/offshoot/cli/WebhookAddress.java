package dev.offshoot.cli;

import java.net.URI;
import java.util.Optional;

import dev.offshoot.cli.system.Addresses;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.WorkersConfig;

/**
 * Where webhook-ingest is reached: as a person says, else where it runs from the data folder, else where the configuration lets it listen.
 *
 * @param url what a person says: with or without a repository's path
 */
record WebhookAddress(SystemOptions system, OffshootConfig config, Optional<URI> url) {

  /** Where a repository's deliveries go; empty where the configuration leaves the port to chance and nothing runs. */
  Optional<URI> find(RepositoryConfig repository) {
    String path = "/webhooks/" + repository.key();
    if (url.isPresent()) {
      String base = url.get().toString().replaceAll("/+$", "");
      return Optional.of(URI.create(base.endsWith(path) ? base : base + path));
    }
    return running(repository).or(() -> listening().map(base -> base + path)).map(URI::create);
  }

  URI of(RepositoryConfig repository) {
    return find(repository).orElseThrow(() -> new CommandFailed(
        "The configuration leaves webhooks.port to chance: say where webhook-ingest listens with --url"));
  }

  private Optional<String> running(RepositoryConfig repository) {
    return system.configFile().isPresent() ? Optional.empty() : Addresses.ofRunning(system.data())
        .flatMap(addresses -> Optional.ofNullable(addresses.webhooks().get(repository.key().value())));
  }

  private Optional<String> listening() {
    WorkersConfig.Webhooks webhooks = config.workers().webhooks();
    boolean everywhere = webhooks.host().equals("0.0.0.0") || webhooks.host().equals("::");
    return webhooks.port() == 0 ? Optional.empty()
        : Optional.of("http://" + (everywhere ? "127.0.0.1" : webhooks.host()) + ':' + webhooks.port());
  }
}
