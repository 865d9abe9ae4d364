package dev.offshoot.config;

import java.nio.file.Path;
import java.util.Map;

import dev.offshoot.environment.RepositoryKey;

/**
 * The whole configuration. {@code docs/configuration.md} documents every key.
 *
 * @param repositories by key, which is also the name of the webhook
 * @param services further variables that {@code env dotenv} prints for every environment, such as the URL of a shared
 *     service
 */
public record OffshootConfig(
    KafkaConfig kafka,
    StoresConfig stores,
    CredentialsConfig credentials,
    WorkersConfig workers,
    Path blobs,
    Map<RepositoryKey, RepositoryConfig> repositories,
    Map<String, String> services) {
  public OffshootConfig {
    repositories = Map.copyOf(repositories);
    services = Map.copyOf(services);
  }
}
