package dev.offshoot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.environment.RepositoryKey;

class ConfigTextTest {
  private static final OffshootConfig CONFIG = new OffshootConfig(
      new KafkaConfig("kafka:9092", 6, 1, Map.of("sasl.jaas.config", "canary-jaas", "security.protocol", "SASL_SSL")),
      new StoresConfig(
          new PostgresConfig("db", 5432, "postgres", new Secret("canary-postgres ${x}"), new PostgresLimits(5, Duration.ofMinutes(3)),
              new PostgresCloning(new PoolSize(1, 3), 7, new PostgresCloning.Check(9, 11)),
              new PostgresPrograms(Optional.of(Path.of("/bin")), Optional.of(Path.of("/dumps"))), PostgresBackup.ARCHIVE),
          new SolrConfig("http://solr:8983/solr", Path.of("/backups"), SolrConfig.Mode.CLOUD,
              Optional.of(new SolrConfig.Login("admin", new Secret("canary-solr"))), new PoolSize(0, 5)),
          new RedisConfig.Shared("cache", 6379, new Secret("canary-redis")),
          Duration.ofHours(30), Duration.ofDays(9)),
      new CredentialsConfig("k2", new Secret("canary-master-key-0123456789abcdef")),
      new WorkersConfig(
          new WorkersConfig.Webhooks("0.0.0.0", 8080, 2048, 77),
          new WorkersConfig.Sweep(Duration.ofMillis(1500), Duration.ofHours(2)),
          new WorkersConfig.Migrate(Duration.ofSeconds(90), new WorkersConfig.Processes(128, 3, 2, 9)),
          new WorkersConfig.Management("0.0.0.0", OptionalInt.of(9464)),
          new WorkersConfig.Reconcile(Duration.ofSeconds(70), new WorkersConfig.Brake(4, 30, 7))),
      Path.of("/blobs"),
      Map.of(new RepositoryKey("shop"), new RepositoryConfig(
          new RepositoryKey("shop"),
          GitHostName.GITEA,
          "acme/shop",
          "https://user:canary-url@git.example.com/acme/shop.git",
          "trunk",
          List.of(new Secret("canary-webhook-one"), new Secret("canary-webhook-two")),
          RepositoryConfig.Creation.ON_LABEL,
          "sql",
          new StagingConfig("shop_staging", Optional.of("shop"), new StagingConfig.Snapshots(
              Optional.of(new StagingServer("old", 5433, "reader", new Secret("canary-staging"))), StagingConfig.Way.DUMP,
              Optional.of(Path.of("/seed")), Optional.of(Path.of("/masking.yaml")))).withConfigSet("solr/conf"))
                  .with(new BranchRules(Optional.of("preview ${x}"),
                      List.of(new BranchPattern("feature/**"), new BranchPattern("${y}")), List.of(new BranchPattern("**/wip-*"))))
                  .with(new FlywayConfig(true, List.of("shop", "audit ${x}"), "history", Map.of("owner", "me ${x}", "a.token", "canary-flyway")))
                  .with(new FeedbackConfig(
                  URI.create("https://git.example.com/api/v1"),
                  new FeedbackConfig.Login(Optional.of("bot"), new Secret("canary-token")), new FeedbackConfig.Told(false, true),
                  Optional.of("https://offshoot.example.com/{report}.html")))),
      Map.of("MAIL_URL", "smtp://me:canary-mail@mail:25", "API_TOKEN", "canary-token"));

  @Test
  void whatIsWrittenReadsAsTheSameConfiguration() {
    String yaml = ConfigText.yaml(CONFIG, ConfigText.Secrets.REVEALED);

    assertThat(ConfigFile.parse(yaml, Map.of(), Path.of("/"))).isEqualTo(CONFIG);
  }

  @Test
  void noSecretIsSeenInAMaskedText() {
    String yaml = ConfigText.yaml(CONFIG, ConfigText.Secrets.MASKED);

    assertThat(yaml).doesNotContain("canary").contains("****", "SASL_SSL", "trunk",
        "smtp://me:****@mail:25", "https://****@git.example.com/acme/shop.git");
    assertThat(ConfigText.tree(CONFIG, ConfigText.Secrets.MASKED).toString()).doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://canary@git.example.com/x", "https://canary:x-oauth-basic@git.example.com/x",
      "https://canary:%40@git.example.com/x"})
  void noPartOfALoginIsSeen(String url) {
    assertThat(RepositoryUrl.masked(url, "****@")).isEqualTo("https://****@git.example.com/x");
    assertThat(new RepositoryUrl(url)).hasToString("https://git.example.com/x");
  }
}
