package dev.offshoot.config;

import static dev.offshoot.config.SampleFile.MINIMAL;
import static dev.offshoot.config.SampleFile.assertOnlyProblem;
import static dev.offshoot.config.SampleFile.parse;
import static dev.offshoot.config.SampleFile.problems;
import static dev.offshoot.config.SampleFile.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.offshoot.environment.RepositoryKey;

/** What every file is held to. */
class ConfigFileTest {
  @Test
  void whatIsLeftOutHasItsDefault() {
    OffshootConfig config = parse(MINIMAL);

    assertThat(config.kafka()).isEqualTo(KafkaConfig.at("kafka:9092"));
    assertThat(config.workers()).isEqualTo(WorkersConfig.defaults());
    assertThat(config.stores().postgres())
        .isEqualTo(new PostgresConfig("db", 5432, "postgres", new Secret("pg-secret"), 20));
    assertThat(config.stores().solr()).isEqualTo(new SolrConfig("http://solr:8983/solr", Path.of("/var/solr/backups")));
    assertThat(config.credentials().keyId()).isEqualTo("k1");
    assertThat(config.repositories()).containsOnlyKeys(new RepositoryKey("shop"));
    assertThat(config.repositories().get(new RepositoryKey("shop"))).isEqualTo(new RepositoryConfig(
        new RepositoryKey("shop"),
        GitHostName.GITHUB,
        "acme/shop",
        "https://git.example.com/acme/shop.git",
        "main",
        List.of(new Secret("a-webhook-secret-of-shop")),
        RepositoryConfig.Creation.ON_PUSH,
        "db/migration",
        new StagingConfig("shop_staging", Optional.empty())));
  }

  @Test
  void relativePathsAreTheFilesNeighbours() {
    OffshootConfig config = parse(with("https://git.example.com/acme/shop.git", "../shop.git"));

    assertThat(config.blobs()).isEqualTo(Path.of("/etc/offshoot/data/blobs"));
    assertThat(config.stores().redis())
        .isEqualTo(new RedisConfig.Processes(Path.of("/usr/bin/redis-server"), Path.of("/etc/offshoot/redis"), 64,
            Optional.empty()));
    assertThat(config.repositories().values()).extracting(RepositoryConfig::url).containsExactly("/etc/shop.git");
  }

  @Test
  void aSharedRedisIsReached() {
    OffshootConfig config = parse(with("    server: /usr/bin/redis-server\n    directory: redis",
        "    mode: shared\n    host: cache\n    port: 6380\n    password: ${PG_PASSWORD}"));

    assertThat(config.stores().redis()).isEqualTo(new RedisConfig.Shared("cache", 6380, new Secret("pg-secret")));
  }

  @ParameterizedTest
  @CsvSource({"3d, PT72H", "12h, PT12H", "10m, PT10M", "90s, PT1M30S", "500ms, PT0.5S"})
  void lengthsOfTimeAreReadInTheirUnits(String text, Duration expected) {
    assertThat(parse(MINIMAL + "sweep:\n  idleAfter: " + text).workers().sweep().idleAfter()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0d", "-3d", "3", "soon", "99999999999d"})
  void anIdleTimeThatIsNotAboveZeroIsRefused(String text) {
    assertOnlyProblem(MINIMAL + "sweep:\n  idleAfter: " + text, "sweep.idleAfter", "above zero", "3d");
  }

  @Test
  void allErrorsAreSaidAtOnceEachWithItsKey() {
    String yaml = with("host: github", "host: sourceforge")
        .replace("bootstrapServers", "bootstrapServer")
        .replace("host: db", "port: 70000")
        .replace("${MASTER_KEY}", "${NO_SUCH_KEY}");

    assertThat(problems(yaml)).extracting(ConfigProblem::key).containsExactlyInAnyOrder(
        "kafka.bootstrapServers",
        "kafka.bootstrapServer",
        "stores.postgres.host",
        "stores.postgres.port",
        "credentials.masterKey",
        "repositories.shop.host");
  }

  @Test
  void anUnknownKeyIsAnErrorThatNamesTheNearestKnownOne() {
    assertOnlyProblem(MINIMAL + "sweep:\n  idelAfter: 3d", "sweep.idelAfter", "did you mean sweep.idleAfter?");
    assertOnlyProblem(MINIMAL + "repository: {}", "repository", "did you mean repositories?");
  }

  @Test
  void aMissingKeyIsNamedWithAnExample() {
    assertOnlyProblem(with("    fullName: acme/shop\n", ""), "repositories.shop.fullName", "missing", "acme/shop");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "url: https://git.example.com/acme/shop.git | url: ext::sh -c id | repositories.shop.url",
      "url: https://git.example.com/acme/shop.git | url: http://git.example.com/acme/shop.git | repositories.shop.url",
      "url: https://git.example.com/acme/shop.git | url: git://git.example.com/acme/shop.git | repositories.shop.url",
      "url: https://git.example.com/acme/shop.git | url: shop.git | repositories.shop.url",
      "url: https://git.example.com/acme/shop.git | url: https:// | repositories.shop.url",
      "bootstrapServers: kafka:9092 | bootstrapServers: kafka | kafka.bootstrapServers",
      "bootstrapServers: kafka:9092 | 'bootstrapServers: \"kafka:9092, other\"' | kafka.bootstrapServers",
      "fullName: acme/shop | fullName: shop | repositories.shop.fullName",
      "fullName: acme/shop | fullName: acme/ shop | repositories.shop.fullName",
      "fullName: acme/shop | 'fullName: \"acme/shop \"' | repositories.shop.fullName",
      "host: github | host: github\\n    migrations: ../secrets | repositories.shop.migrations",
      "host: github | host: github\\n    create: always | repositories.shop.create",
      "database: shop_staging | database: template1 | repositories.shop.staging.database",
      "database: shop_staging | database: a\\n      core: -x | repositories.shop.staging.core",
      "database: shop_staging | database: a\\n      snapshot: always | repositories.shop.staging.snapshot",
      "url: http://solr:8983/solr/ | url: solr:8983 | stores.solr.url",
      "server: /usr/bin/redis-server | mode: cluster | stores.redis.mode",
      "masterKey: | keyId: a b\\n  masterKey: | credentials.keyId",
      "  shop: | Shop!: | repositories.Shop!",
      "host: db | host: 12 | stores.postgres.host",
      "host: db | host: [db] | stores.postgres.host",
      "host: db | host: '' | stores.postgres.host",
      "host: db | host: db\\n    port: many | stores.postgres.port"})
  void aValueOutsideItsGrammarIsRefused(String line, String instead, String key) {
    assertThat(problems(with(line.strip(), instead.replace("\\n", "\n")))).extracting(ConfigProblem::key).contains(key);
  }

  @Test
  void aServiceMayNotHideWhatEveryEnvironmentHas() {
    assertOnlyProblem(MINIMAL + "services:\n  DATABASE_URL: x", "services.DATABASE_URL", "already");
    assertOnlyProblem(MINIMAL + "services:\n  mail-url: x", "services.mail-url", "MAIL_URL");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "a: 1\\na: 2 | same key twice",
      "a: [1 | not YAML",
      "a: &x 1\\nb: *x | alias",
      "- a | list of keys",
      "a: 1\\n---\\nb: 2 | not YAML"})
  void textThatIsNotAPlainTreeIsRefused(String yaml, String words) {
    assertOnlyProblem(yaml.replace("\\n", "\n"), "file", words);
  }

  @Test
  void aFileTooDeepOrTooLargeIsRefused(@TempDir Path folder) throws IOException {
    assertOnlyProblem("a: " + "[".repeat(1000) + "]".repeat(1000), "file", "not YAML");
    Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat((1 << 20) + 1));
    assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> ConfigFile.load(large))
        .withMessageContaining("1 MiB");
  }

  @Test
  void theFileThatIsWrongIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "a: [1");

    assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> ConfigFile.load(file))
        .withMessageContaining("mine.yaml").withMessageContaining("not YAML at line 1");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"one:9092,two:9093", "'one:9092, 10.0.0.1:9092'", "[::1]:9092", "SSL://kafka:9093"})
  void brokersAreReadAsKafkaReadsThem(String brokers) {
    assertThat(parse(with("kafka:9092", '"' + brokers + '"')).kafka().bootstrapServers()).isEqualTo(brokers);
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigFile.load(folder.resolve("none.yaml")))
        .withMessageContaining("none.yaml does not exist");
  }
}
