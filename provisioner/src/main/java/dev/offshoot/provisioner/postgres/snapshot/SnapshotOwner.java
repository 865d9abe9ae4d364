package dev.offshoot.provisioner.postgres.snapshot;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.provisioner.postgres.server.SqlFailures;
import dev.offshoot.worker.Failure;

/**
 * The role that owns everything in an epoch, let into one unfinished database while what is in it is changed.
 *
 * <p>Law: what is run in a snapshot that could meet code from Staging (triggers, functions behind an index or a view)
 * runs as this role and not as the administrator. It logs in with a password nobody knows, is let into no other
 * database, and no environment's role is let in with it. One at a time on a server.
 */
public final class SnapshotOwner implements AutoCloseable {
  private static final String ROLE = Sql.name(Roles.SNAPSHOT);
  private static final int SESSIONS = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AdminSession session;
  private final PostgresConfig server;
  private final String database;
  private final Secret password;

  private SnapshotOwner(AdminSession session, PostgresConfig server, String database, Secret password) {
    this.session = session;
    this.server = server;
    this.database = database;
    this.password = password;
  }

  public static SnapshotOwner letInto(AdminSession session, PostgresConfig server, String database) {
    session.run("SET lock_timeout = 0");
    session.list("SELECT pg_advisory_lock(hashtextextended(?, 0))", row -> true, Roles.SNAPSHOT);
    session.run("SET lock_timeout = '30s'");
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    SnapshotOwner owner = new SnapshotOwner(session, server, database, new Secret(HexFormat.of().formatHex(bytes)));
    session.password(Roles.SNAPSHOT, owner.password);
    session.run("ALTER ROLE " + ROLE + " LOGIN BYPASSRLS",
        "GRANT CONNECT, TEMPORARY, CREATE ON DATABASE " + Sql.name(database) + " TO " + ROLE,
        "ALTER DATABASE " + Sql.name(database) + " CONNECTION LIMIT " + SESSIONS);
    return owner;
  }

  /** How its programs log in. */
  public PostgresConfig config() {
    return server.as(Roles.SNAPSHOT, password);
  }

  /**
   * Runs statements as the owner, all or none.
   *
   * @param settings each a name and a value, for this session
   * @throws Failure without the rows that the server may have quoted
   */
  void run(List<Setting> settings, List<Task> tasks) {
    var properties = new Properties();
    properties.setProperty("user", Roles.SNAPSHOT);
    properties.setProperty("password", password.reveal());
    properties.setProperty("ApplicationName", AdminSession.named(database));
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    String doing = "begin";
    try (Connection connection = DriverManager.getConnection(AdminSession.url(server, database), properties)) {
      connection.setAutoCommit(false);
      for (Setting setting : settings) {
        set(connection, setting);
      }
      for (Task task : tasks) {
        doing = task.name();
        try (Statement statement = connection.createStatement()) {
          statement.setEscapeProcessing(false);
          statement.execute(task.sql());
        }
      }
      doing = "commit";
      connection.commit();
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  private static void set(Connection connection, Setting setting) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT set_config(?, ?, false)")) {
      statement.setString(1, setting.name());
      statement.setString(2, setting.value());
      statement.execute();
    }
  }

  /** The message alone: detail and context quote rows. The cause would be logged with them, so it is left out. */
  private static Failure failure(String doing, SQLException e) {
    Failure.Kind kind = SqlFailures.kind(Optional.ofNullable(e.getSQLState()).orElse(""));
    Optional<ServerErrorMessage> said = e instanceof PSQLException p ? Optional.ofNullable(p.getServerErrorMessage()) : Optional.empty();
    String message = said.map(ServerErrorMessage::getMessage).orElseGet(() -> "no session, state " + e.getSQLState());
    String where = said.map(ServerErrorMessage::getPosition).filter(position -> position > 0)
        .map(position -> " at character " + position).orElse("");
    return new Failure(kind, "The snapshot could not " + doing + where + ": " + message);
  }

  @Override
  public void close() {
    Roles.close(session, Roles.SNAPSHOT);
    session.run("REVOKE CONNECT, TEMPORARY, CREATE ON DATABASE " + Sql.name(database) + " FROM " + ROLE,
        "ALTER DATABASE " + Sql.name(database) + " CONNECTION LIMIT 0");
    Databases.endSessions(session, database);
    session.list("SELECT pg_advisory_unlock(hashtextextended(?, 0))", row -> true, Roles.SNAPSHOT);
  }

  /** A setting of a session. */
  record Setting(String name, String value) {}

  /** @param name to continue "could not …" */
  record Task(String name, String sql) {}
}
