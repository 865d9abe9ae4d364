package dev.offshoot.provisioner.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
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
import dev.offshoot.environment.StoreCoordinates;

/** What stands on the shared server. */
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

  /** The shared server. */
  public static PostgresAt server() {
    return new PostgresAt(config());
  }

  public static PostgresConfig config() {
    return new PostgresConfig("127.0.0.1", SERVER.port(), SERVER.adminUser(), new Secret(SERVER.adminPassword()), 5);
  }

  public static RepositoryConfig repository(String key, String stagingDatabase, Optional<String> core) {
    return new RepositoryConfig(new RepositoryKey(key), GitHostName.GITEA, "acme/" + key, "file:///nowhere", "main",
        List.of(new Secret("secret")), RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
        new StagingConfig(stagingDatabase, core));
  }

  public static void staging(String database) throws SQLException {
    server().staging(database);
  }

  public static void admin(String database, String... statements) throws SQLException {
    server().admin(database, statements);
  }

  public static Connection login(StoreCoordinates to) throws SQLException {
    return server().login(to.name(), to.user());
  }

  public static Connection login(String database, String role) throws SQLException {
    return server().login(database, role);
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
    try (Connection connection = server().administrator(kept)) {
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
