package dev.offshoot.proof.drive;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.flywaydb.core.Flyway;

import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;

/** A small Staging: two migrations with some rows, three documents. */
final class Staging {
  static final String NAME = "shop_staging";
  static final String FOLDER = "db/migration";
  private static final Map<String, String> MIGRATIONS = Map.of(
      "V1__customers.sql", """
          CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
          INSERT INTO customer (name) SELECT 'Customer ' || n FROM generate_series(1, 500) n;
          """,
      "V2__purchases.sql", """
          CREATE TABLE purchase (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer);
          INSERT INTO purchase (customer_id) SELECT id FROM customer;
          """);

  private Staging() {
  }

  /** What is on the default branch, by path. */
  static Map<String, String> tree() {
    Map<String, String> tree = new LinkedHashMap<>();
    MIGRATIONS.forEach((name, sql) -> tree.put(FOLDER + "/" + name, sql));
    return tree;
  }

  static void make(OffshootConfig config, Path scratch) throws IOException, InterruptedException {
    config.repositories().values().forEach(new StagingStores(config.stores())::ensure);
    Path migrations = Files.createDirectories(scratch.resolve("migrations"));
    for (Map.Entry<String, String> migration : MIGRATIONS.entrySet()) {
      Files.writeString(migrations.resolve(migration.getKey()), migration.getValue());
    }
    PostgresConfig postgres = config.stores().postgres();
    Flyway.configure()
        .dataSource("jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + NAME, postgres.user(),
            postgres.password().reveal())
        .locations("filesystem:" + migrations).loggers("slf4j").load().migrate();
    HttpRequest documents = HttpRequest.newBuilder(URI.create(config.stores().solr().url() + "/" + NAME + "/update?commit=true"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("[{\"id\":\"1\"},{\"id\":\"2\"},{\"id\":\"3\"}]")).build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer = client.send(documents, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("Solr refused Staging's documents: " + answer.body());
      }
    }
  }
}
