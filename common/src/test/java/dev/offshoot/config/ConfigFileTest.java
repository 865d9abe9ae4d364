package dev.offshoot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.environment.RepositoryKey;

class ConfigFileTest {
  private static final Path FOLDER = Path.of("/etc/offshoot");
  private static final Map<String, String> ENVIRONMENT = Map.of(
      "MASTER_KEY", "0123456789abcdef0123456789abcdef", "PG_PASSWORD", "pg-secret", "SHOP_SECRET",
          "a-webhook-secret-of-shop");
  private static final String MINIMAL = """
      kafka:
        bootstrapServers: kafka:9092
      stores:
        postgres:
          host: db
          user: postgres
          password: ${PG_PASSWORD}
        solr:
          url: http://solr:8983/solr/
          backups: /var/solr/backups
        redis:
          server: /usr/bin/redis-server
          directory: redis
      credentials:
        masterKey: ${MASTER_KEY}
      blobs:
        directory: data/blobs
      repositories:
        shop:
          host: github
          fullName: acme/shop
          url: https://git.example.com/acme/shop.git
          secrets: ["${SHOP_SECRET}"]
          staging:
            database: shop_staging
      """;

  private static OffshootConfig parse(String yaml) {
    return ConfigFile.parse(yaml, ENVIRONMENT, FOLDER);
  }

  /** The minimal file with one line replaced. */
  private static String with(String line, String instead) {
    assertThat(MINIMAL).contains(line);
    return MINIMAL.replace(line, instead);
  }

  private static List<ConfigProblem> problems(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> parse(yaml)).problems();
  }

  private static void assertOnlyProblem(String yaml, String key, String... words) {
    assertThat(problems(yaml)).singleElement().satisfies(problem -> {
      assertThat(problem.key()).isEqualTo(key);
      assertThat(problem.message()).contains(words);
    });
  }

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

  private static RepositoryConfig shop(String text) {
    return Optional.ofNullable(parse(text).repositories().get(new RepositoryKey("shop"))).orElseThrow();
  }

  @Test
  void aRepositoryHasAPolicyForItsReports() {
    String chosen = MINIMAL + "    report:\n      lockLimit: 200ms\n      policy: {table-rewritten: block, lint/ban-drop-column: note}";

    assertThat(shop(MINIMAL).report()).isEqualTo(ReportPolicy.DEFAULT);
    assertThat(shop(chosen).report()).isEqualTo(new ReportPolicy(
        Map.of("table-rewritten", ReportPolicy.Consequence.BLOCK, "lint/ban-drop-column", ReportPolicy.Consequence.NOTE),
        Duration.ofMillis(200), 100_000));
    assertOnlyProblem(MINIMAL + "    report: {policy: {table-rewriten: block}}",
        "repositories.shop.report.policy.table-rewriten", "table-rewritten");
    assertOnlyProblem(MINIMAL + "    report: {policy: {drift: maybe}}", "repositories.shop.report.policy.drift", "needs-dba");
  }

  @Test
  void aNameOfAzureDevOpsMayHaveABlankWithin() {
    assertThat(parse(with("fullName: acme/shop", "fullName: Acme Web/shop")).repositories().values())
        .extracting(RepositoryConfig::fullName).containsExactly("Acme Web/shop");
  }

  @Test
  void branchesAreChosenByPatternsAndALabel() {
    String chosen = MINIMAL + "    create: on-label\n    label: preview\n    branches:\n      include: [\"feature/**\"]\n      exclude: [wip]";

    RepositoryConfig shop = shop(chosen);

    assertThat(shop.create()).isEqualTo(RepositoryConfig.Creation.ON_LABEL);
    assertThat(shop.branches()).isEqualTo(new BranchRules(
        Optional.of("preview"), List.of(new BranchPattern("feature/**")), List.of(new BranchPattern("wip"))));
    assertOnlyProblem(MINIMAL + "    create: on-label", "repositories.shop.label", "preview");
    assertOnlyProblem(MINIMAL + "    label: preview", "repositories.shop.label", "on-label");
    assertOnlyProblem(MINIMAL + "    branches: {include: []}", "repositories.shop.branches.include", "1 to 100");
    assertOnlyProblem(MINIMAL + "    branches: {exclude: wip}", "repositories.shop.branches.exclude", "1 to 100");
    assertOnlyProblem(MINIMAL + "    branches: {include: [\" \"]}", "repositories.shop.branches.include", "feature/*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bitbucket-cloud", "bitbucket-data-center"})
  void aHostWithoutLabelsCannotMakeEnvironmentsByLabel(String host) {
    String bitbucket = with("host: github", "host: " + host);

    assertThat(shop(bitbucket).create()).isEqualTo(RepositoryConfig.Creation.ON_PUSH);
    assertOnlyProblem(bitbucket + "    create: on-label\n    label: preview", "repositories.shop.create", host);
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

  @Test
  void anUnsetVariableIsNamed() {
    assertOnlyProblem(with("${PG_PASSWORD}", "${OTHER}"), "stores.postgres.password", "OTHER", "not set");
  }

  @Test
  void aVariableMayHaveADefaultAndADollarMayStandForItself() {
    OffshootConfig config = parse(MINIMAL + """
        services:
          MAIL_URL: smtp://${MAIL_HOST:-mail}:25
          PATTERN: $${x}
        """);

    assertThat(config.services()).containsOnly(Map.entry("MAIL_URL", "smtp://mail:25"), Map.entry("PATTERN", "${x}"));
  }

  @Test
  void aBrokenVariableIsAnError() {
    assertOnlyProblem(MINIMAL + "services:\n  MAIL_URL: ${not a name}", "services.MAIL_URL", "${NAME}");
  }

  @Test
  void aShortWebhookSecretIsRefused() {
    assertOnlyProblem(
        with("[\"${SHOP_SECRET}\"]", "[\"${SHOP_SECRET}\", short]"), "repositories.shop.secrets[1]", "fewer than 16");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value =
      {"[]", "[\"${SHOP_SECRET}\", \"${SHOP_SECRET}\", \"${SHOP_SECRET}\"]", "${SHOP_SECRET}"})
  void thereAreOneOrTwoWebhookSecrets(String secrets) {
    assertOnlyProblem(
        with("[\"${SHOP_SECRET}\"]", secrets), "repositories.shop.secrets", "list of one secret, or of two");
  }

  @Test
  void aShortMasterKeyIsRefusedWithoutShowingIt() {
    assertOnlyProblem(with("${MASTER_KEY}", "hunter2"), "credentials.masterKey", "fewer than 32");
    assertThat(problems(with("${MASTER_KEY}", "hunter2")).toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "url: https://git.example.com/acme/shop.git | url: ext::sh -c id | repositories.shop.url",
      "url: https://git.example.com/acme/shop.git | url: http://git.example.com/acme/shop.git | repositories.shop.url",
      "url: https://git.example.com/acme/shop.git | url: git://git.example.com/acme/shop.git | repositories.shop.url",
      "url: https://git.example.com/acme/shop.git | url: shop.git | repositories.shop.url",
      "url: https://git.example.com/acme/shop.git | url: https:// | repositories.shop.url",
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
  void aMissingFileIsNamed(@TempDir Path folder) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigFile.load(folder.resolve("none.yaml")))
        .withMessageContaining("none.yaml does not exist");
  }

  @Test
  void aSecretWrittenInTheFileIsAcceptedWithAWarning() {
    String yaml = with("${PG_PASSWORD}", "written-here");

    ConfigFile.Checked checked = ConfigFile.check(yaml, new ConfigSources(ENVIRONMENT, FOLDER, Map.of()));

    assertThat(checked.config().stores().postgres().password()).isEqualTo(new Secret("written-here"));
    assertThat(checked.warnings()).extracting(ConfigProblem::key).containsExactly("stores.postgres.password");
  }

  @Test
  void valuesGivenFromOutsideFillWhatTheFileLeavesOut() {
    ConfigSources sources = new ConfigSources(ENVIRONMENT, FOLDER, Map.of("stores.postgres.host", "given",
        "kafka.bootstrapServers", "given"));

    OffshootConfig config = ConfigFile.check(with("    host: db\n", ""), sources).config();

    assertThat(config.stores().postgres().host()).isEqualTo("given");
    assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka:9092");
  }
}
