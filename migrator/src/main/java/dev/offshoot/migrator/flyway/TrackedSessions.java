package dev.offshoot.migrator.flyway;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.LoggerFactory;

/**
 * The sessions that Flyway opens, so that they can be ended from outside: SQL of a branch can switch every timeout off
 * that is set within its session.
 */
final class TrackedSessions implements DataSource {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(TrackedSessions.class);

  private final EnvironmentDatabase database;
  private final Witness witness;
  private final Map<Connection, Integer> backends = new LinkedHashMap<>();
  private boolean ended;

  TrackedSessions(EnvironmentDatabase database, Witness witness) {
    this.database = database;
    this.witness = witness;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = database.dataSource().getConnection();
    int backend = connection.unwrap(PGConnection.class).getBackendPID();
    witness.opened(backend);
    synchronized (this) {
      if (!ended) {
        backends.put(connection, backend);
        return connection;
      }
    }
    connection.close();
    throw new SQLException("The run was ended", "57014");
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("Sessions belong to the environment's role");
  }

  /** Closes every socket, then has the server end what still runs there. */
  void end() {
    Map<Connection, Integer> open;
    synchronized (this) {
      ended = true;
      open = Map.copyOf(backends);
    }
    for (Connection connection : open.keySet()) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.warn("A session of {} could not be aborted: {}", database, e.getMessage());
      }
    }
    try {
      database.end(open.values());
    } catch (SQLException e) {
      LOG.error("Sessions of {} may still run; the next attempt ends them: {}", database, e.getMessage());
    }
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // the driver logs by java.util.logging
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // set with the other properties
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("Wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
