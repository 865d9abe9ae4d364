package dev.offshoot.reporter.clone;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

import org.pgcodekeeper.core.database.base.jdbc.IJdbcConnector;
import org.postgresql.ds.PGSimpleDataSource;

import dev.offshoot.config.Secret;

/**
 * How the reporter logs in to one database: as its own weak role, never as an administrator, whom a view of the branch
 * could make its own.
 */
record DatabaseLogin(Server server, String database, String user, Secret password) implements IJdbcConnector {
  private static final int CONNECT_SECONDS = 10;
  private static final int ANSWER_SECONDS = 60;

  /** Where it is. */
  record Server(String host, int port) {}

  @Override
  public Connection getConnection() throws IOException {
    try {
      return open();
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  Connection open() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {server.host()});
    source.setPortNumbers(new int[] {server.port()});
    source.setDatabaseName(database);
    source.setUser(user);
    source.setPassword(password.reveal());
    source.setApplicationName("offshoot reporter");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setReadOnly(true);
    return source.getConnection();
  }

  @Override
  public String getBatchDelimiter() {
    return "";
  }

  /** Only its place: pgCodeKeeper names databases by it. */
  @Override
  public String getUrl() {
    return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database;
  }

  @Override
  public String toString() {
    return database + " at " + server.host() + ":" + server.port();
  }
}
