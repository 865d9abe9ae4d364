package dev.offshoot.provisioner.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

import dev.offshoot.blob.Blobs;
import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;

/** The shared server, and small Staging databases on it. */
public final class PostgresFixture {
  public static final Credentials CREDENTIALS =
      new Credentials(new CredentialsConfig("test", new Secret("0123456789abcdef0123456789abcdef")));
  /** Where archives would go: these stores retain. */
  public static final Blobs BLOBS = blobs();
  private static final EmbeddedPostgres SERVER = SharedServers.postgres();

  private PostgresFixture() {
  }

  private static Blobs blobs() {
    try {
      return new FolderBlobs(Files.createTempDirectory("offshoot-blobs"));
    } catch (IOException e) {
      throw new UncheckedIOException("No folder for blobs", e);
    }
  }

  public static PostgresConfig config() {
    return new PostgresConfig("127.0.0.1", SERVER.port(), SERVER.adminUser(), new Secret(SERVER.adminPassword()), 5);
  }

  public static RepositoryConfig repository(String key, String stagingDatabase, Optional<String> core) {
    return new RepositoryConfig(new RepositoryKey(key), GitHostName.GITEA, "acme/" + key, "file:///nowhere", "main",
        List.of(new Secret("secret")), RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
        new StagingConfig(stagingDatabase, core));
  }

  /** A Staging database of a role that is not the administrator. */
  public static void staging(String database) throws SQLException {
    admin("postgres", "DROP DATABASE IF EXISTS " + database, "DROP ROLE IF EXISTS " + database + "_app",
        "CREATE ROLE " + database + "_app LOGIN PASSWORD 'staging'", "CREATE DATABASE " + database);
    admin(database, "CREATE EXTENSION pgcrypto",
        "CREATE TYPE size AS ENUM ('small', 'large')", "CREATE DOMAIN price AS numeric CHECK (VALUE >= 0)",
        "CREATE TABLE product (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, size size, price price)",
        "CREATE TABLE \"Odd \"\"name\" (t text)", "CREATE SEQUENCE loose",
            "CREATE VIEW cheap AS SELECT * FROM product WHERE price < 3",
        "CREATE MATERIALIZED VIEW names AS SELECT name FROM product",
        "CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql AS 'SELECT 2 * i'",
        "ALTER TABLE product OWNER TO " + database + "_app",
        "INSERT INTO product (name, size, price) SELECT 'p' || g, 'small', g FROM generate_series(1, 100) g",
        "CREATE SCHEMA \"Other schema\"", "CREATE TABLE \"Other schema\".event (day date) PARTITION BY RANGE (day)",
        "CREATE TABLE \"Other schema\".event_2026 PARTITION OF \"Other schema\".event "
            + "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
  }

  public static void admin(String database, String... statements) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(SERVER.jdbcUrl(database), SERVER.adminUser(), SERVER.adminPassword())) {
      run(connection, statements);
    }
  }

  /** A session with the derived password. */
  public static Connection login(StoreCoordinates to) throws SQLException {
    return login(to.name(), to.user());
  }

  public static Connection login(String database, String role) throws SQLException {
    return DriverManager.getConnection(SERVER.jdbcUrl(database), role,
        CREDENTIALS.password(new ResourceName(role), StoreKind.POSTGRES).reveal());
  }

  public static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** What a kept database, which nobody may enter, answers the administrator. */
  public static String ask(String kept, String query) throws SQLException {
    admin("postgres", "ALTER DATABASE " + kept + " ALLOW_CONNECTIONS true");
    try (Connection connection = DriverManager.getConnection(SERVER.jdbcUrl(kept), SERVER.adminUser(), SERVER.adminPassword())) {
      return value(connection, query);
    }
  }

  public static String value(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
