package dev.offshoot.ingest;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.offshoot.config.RepositoryConfig;

/** The configured webhooks, by the last part of their path. */
record Hooks(Map<String, Hook> byName) {

  static Hooks of(Collection<RepositoryConfig> repositories, Clock clock) {
    return new Hooks(repositories.stream()
        .map(repository -> Hook.of(repository, clock))
        .collect(Collectors.toUnmodifiableMap(hook -> hook.repository().key().value(), Function.identity())));
  }

  Optional<Hook> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
