package dev.offshoot.proof.drive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.flywaydb.core.Flyway;

import dev.offshoot.cli.system.StagingStores;
import dev.offshoot.config.OffshootConfig;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.embedded.EmbeddedSolr;

/** A small Staging: two migrations with some rows, three documents. */
final class Staging {
  static final String NAME = "shop_staging";
  /** Production's database: what Staging has, and an index that somebody made by hand. */
  static final String PRODUCTION = "shop_production";
  static final String FOLDER = "db/migration";
  static final String CONFIG_SET = "solr/conf";
  /** What each value that must be masked begins with. */
  static final String CANARY = "canary-of-staging";
  private static final Map<String, String> MIGRATIONS = Map.of(
      "V1__customers.sql", """
          CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
          """,
      "V2__purchases.sql", """
          CREATE TABLE purchase (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer);
          """);
  /** What people put in; what migrations bring is no secret, and is there again where a history is run again. */
  private static final String ROWS = """
      INSERT INTO customer (name) SELECT '%s-' || n FROM generate_series(1, 500) n;
      INSERT INTO purchase (customer_id) SELECT id FROM customer;
      """.formatted(CANARY);
  private static final String DOCUMENTS = """
      [{"id":"1","email_s":"%1$s-1"},{"id":"2","email_s":"%1$s-2"},{"id":"3","email_s":"%1$s-3"}]""".formatted(CANARY);

  private Staging() {
  }

  /** What is on the default branch, by path. */
  static Map<String, String> tree() {
    Map<String, String> tree = new LinkedHashMap<>();
    MIGRATIONS.forEach((name, sql) -> tree.put(FOLDER + "/" + name, sql));
    return tree;
  }

  /** The schema that Staging's core has, and one field more. */
  static String schema(int version) {
    try (InputStream in = EmbeddedSolr.class.getResourceAsStream("solr/_default/schema.xml")) {
      return new String(Objects.requireNonNull(in, "Solr's schema").readAllBytes(), StandardCharsets.UTF_8)
          .replace("</schema>", "<field name=\"made_" + version + "\" type=\"string\"/></schema>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder with what testers want in each snapshot, which is masked like the rest. */
  static Path seed(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("1-testers.sql"), "INSERT INTO customer (name) VALUES ('%s of a tester');%n".formatted(CANARY));
    return folder;
  }

  static Path policy(Path file) throws IOException {
    return Files.writeString(file, """
        postgres:
          customer.id: clear
          customer.name: hash
          purchase.*: clear
          flyway_schema_history.*: clear
        solr:
          id: clear
          email_s: hash
        """);
  }

  private static void run(PostgresConfig postgres, String database, String sql) throws IOException {
    try (Connection session = DriverManager.getConnection(url(postgres, database), postgres.user(), postgres.password().reveal());
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IOException("Production could not be made: " + e.getMessage(), e);
    }
  }

  private static String url(PostgresConfig postgres, String database) {
    return "jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + database;
  }

  static void make(OffshootConfig config, Path scratch) throws IOException, InterruptedException {
    config.repositories().values().forEach(new StagingStores(config.stores())::ensure);
    Path migrations = Files.createDirectories(scratch.resolve("migrations"));
    for (Map.Entry<String, String> migration : MIGRATIONS.entrySet()) {
      Files.writeString(migrations.resolve(migration.getKey()), migration.getValue());
    }
    PostgresConfig postgres = config.stores().postgres();
    run(postgres, "postgres", "CREATE DATABASE " + PRODUCTION);
    for (String database : List.of(NAME, PRODUCTION)) {
      Flyway.configure().dataSource(url(postgres, database), postgres.user(), postgres.password().reveal())
          .locations("filesystem:" + migrations).loggers("slf4j").load().migrate();
      run(postgres, database, ROWS);
    }
    run(postgres, PRODUCTION, "CREATE INDEX by_hand ON customer (name)");
    HttpRequest documents = HttpRequest.newBuilder(URI.create(config.stores().solr().url() + "/" + NAME + "/update?commit=true"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(DOCUMENTS)).build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer = client.send(documents, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("Solr refused Staging's documents: " + answer.body());
      }
    }
  }
}
