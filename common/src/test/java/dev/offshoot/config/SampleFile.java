package dev.offshoot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.environment.RepositoryKey;

/** A file with what must be said and nothing else. */
final class SampleFile {
  static final Path FOLDER = Path.of("/etc/offshoot");
  static final Map<String, String> ENVIRONMENT = Map.of(
      "MASTER_KEY", "0123456789abcdef0123456789abcdef", "PG_PASSWORD", "pg-secret", "SHOP_SECRET",
          "a-webhook-secret-of-shop");
  static final String MINIMAL = """
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

  private SampleFile() {}

  static OffshootConfig parse(String yaml) {
    return ConfigFile.parse(yaml, ENVIRONMENT, FOLDER);
  }

  /** The minimal file with one line replaced. */
  static String with(String line, String instead) {
    assertThat(MINIMAL).contains(line);
    return MINIMAL.replace(line, instead);
  }

  static List<ConfigProblem> problems(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> parse(yaml)).problems();
  }

  static void assertOnlyProblem(String yaml, String key, String... words) {
    assertThat(problems(yaml)).singleElement().satisfies(problem -> {
      assertThat(problem.key()).isEqualTo(key);
      assertThat(problem.message()).contains(words);
    });
  }

  static RepositoryConfig shop(String text) {
    return Optional.ofNullable(parse(text).repositories().get(new RepositoryKey("shop"))).orElseThrow();
  }
}
