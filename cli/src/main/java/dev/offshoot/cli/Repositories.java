package dev.offshoot.cli;

import java.util.Optional;
import java.util.stream.Collectors;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.RepositoryKey;

/** The repositories of a configuration, as people name them. */
final class Repositories {
  private Repositories() {}

  static RepositoryConfig named(OffshootConfig config, String key) {
    return Optional.ofNullable(config.repositories().get(new RepositoryKey(key))).orElseThrow(() -> new CommandFailed(
        "The configuration has no repository '" + key + "'; it has "
            + config.repositories().keySet().stream().map(RepositoryKey::value).sorted()
                .collect(Collectors.joining(", ", "[", "]"))));
  }
}
