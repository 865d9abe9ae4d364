package dev.offshoot.bench.clones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.blob.Blobs;
import dev.offshoot.blob.FolderBlobs;
import dev.offshoot.config.CredentialsConfig;
import dev.offshoot.config.GitHostName;
import dev.offshoot.config.PostgresCloning;
import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.embedded.EmbeddedPostgres;
import dev.offshoot.embedded.PostgresSettings;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.process.FreePorts;

/** A PostgreSQL server with its data on a volume. */
final class Server implements AutoCloseable {
  static final Credentials CREDENTIALS =
      new Credentials(new CredentialsConfig("bench", new Secret("0123456789abcdef0123456789abcdef")));
  private static final Map<String, String> PARAMETERS = Map.of("max_wal_size", "4GB", "min_wal_size", "256MB",
      "checkpoint_timeout", "30min");

  private final Path data;
  private final EmbeddedPostgres server;

  private Server(Path data, EmbeddedPostgres server) {
    this.data = data;
    this.server = server;
  }

  static Server on(Volume volume) {
    Path folder = volume.folder().resolve("postgres");
    return new Server(folder.resolve("data"), EmbeddedPostgres.start(folder, FreePorts.choose(),
        new PostgresSettings(true, 300, "1GB", Optional.empty(), PARAMETERS)));
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(database), server.adminUser(), server.adminPassword());
  }

  void run(String database, String... statements) throws SQLException {
    try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  long number(String query) throws SQLException {
    try (Connection connection = connect("postgres"); Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Nothing is archived here. */
  Blobs blobs() {
    return new FolderBlobs(data.resolveSibling("blobs"));
  }

  /** The folder of a database's files. */
  Path folder(String database) throws SQLException {
    return data.resolve("base").resolve(Long.toString(number("SELECT oid FROM pg_database WHERE datname = '" + database + "'")));
  }

  long files(String database) throws SQLException, IOException {
    try (Stream<Path> files = Files.list(folder(database))) {
      return files.count();
    }
  }

  /** As the provisioner would have it configured. */
  PostgresConfig config(PostgresCloning cloning) {
    return new PostgresConfig("127.0.0.1", server.port(), server.adminUser(), new Secret(server.adminPassword()), 20).with(cloning);
  }

  static RepositoryConfig repository(String key, String staging) {
    return new RepositoryConfig(new RepositoryKey(key), GitHostName.GITEA, "acme/" + key, "file:///nowhere", "main",
        List.of(new Secret("not-a-secret")), RepositoryConfig.Creation.ON_PUSH, RepositoryConfig.DEFAULT_MIGRATIONS,
        new StagingConfig(staging, Optional.empty()));
  }

  @Override
  public void close() {
    server.close();
  }
}
