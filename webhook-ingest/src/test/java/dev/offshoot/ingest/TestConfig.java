package dev.offshoot.ingest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.KafkaConfig;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.config.StoresConfig;
import dev.offshoot.config.WorkersConfig;
import dev.offshoot.environment.RepositoryKey;

/** A configuration with one hook for each git host. */
final class TestConfig {
  static final Secret SECRET = new Secret("It's a Secret to Everybody");
  static final Secret NEXT_SECRET = new Secret("the one that comes after it");
  static final RepositoryKey GITEA = new RepositoryKey("shop");
  static final RepositoryKey GITHUB = new RepositoryKey("site");

  private TestConfig() {}

  static OffshootConfig of(KafkaConfig kafka) {
    return of(kafka, WorkersConfig.defaults());
  }

  /** With one hook only. */
  static OffshootConfig only(RepositoryConfig repository) {
    OffshootConfig all = of(KafkaConfig.at("127.0.0.1:1"));
    return new OffshootConfig(all.kafka(), all.stores(), all.credentials(), all.workers(), all.blobs(),
        Map.of(repository.key(), repository), all.services());
  }

  /** Where so many deliveries to a hook may come in a minute. */
  static OffshootConfig limitedTo(int deliveriesPerMinute) {
    WorkersConfig workers = WorkersConfig.defaults();
    return of(KafkaConfig.at("127.0.0.1:1"), new WorkersConfig(
        new WorkersConfig.Webhooks("127.0.0.1", 0, WorkersConfig.Webhooks.DEFAULT_BODY_LIMIT_BYTES, deliveriesPerMinute),
        workers.sweep(), workers.migrate(), workers.management()));
  }

  static OffshootConfig listeningOn(int port) {
    return of(KafkaConfig.at("127.0.0.1:1"), WorkersConfig.defaults().withPort(port));
  }

  private static OffshootConfig of(KafkaConfig kafka, WorkersConfig workers) {
    Map<RepositoryKey, RepositoryConfig> repositories = Stream.of(
            repository(GITEA, GitHostName.GITEA, "spiker/shop"), repository(GITHUB, GitHostName.GITHUB, "acme/site"))
        .collect(Collectors.toMap(RepositoryConfig::key, Function.identity()));
    return new OffshootConfig(kafka,
        new StoresConfig(new PostgresConfig("127.0.0.1", 1, "none", SECRET, 1),
            new SolrConfig("http://127.0.0.1:1", Path.of("none")),
            new RedisConfig.Shared("127.0.0.1", 1, SECRET)),
        new CredentialsConfig("one", SECRET), workers, Path.of("none"), repositories, Map.of());
  }

  static RepositoryConfig repository(RepositoryKey key, GitHostName host, String fullName) {
    return repository(key, host, fullName, List.of(SECRET, NEXT_SECRET));
  }

  static RepositoryConfig repository(RepositoryKey key, GitHostName host, String fullName, List<Secret> secrets) {
    return new RepositoryConfig(key, host, fullName, "file:///none", "main", secrets,
        RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
            new StagingConfig("staging", Optional.empty()));
  }
}
