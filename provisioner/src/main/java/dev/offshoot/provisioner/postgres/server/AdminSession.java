package dev.offshoot.provisioner.postgres.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

import org.postgresql.PGConnection;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.PasswordUtil;
import org.postgresql.util.ServerErrorMessage;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.worker.Failure;

/** A session of the administrator, who sees the catalogue only; used by one thread for a short time. */
public final class AdminSession implements AutoCloseable {
  /** The database that administrators meet in. */
  public static final String HOME = "postgres";
  /** One letter: a resource's name leaves three bytes of the 63. */
  private static final String PURPOSE = "p:";
  private static final String OPTIONS = "-c lock_timeout=30s -c search_path=pg_catalog";

  private final Connection connection;
  private final Optional<AdminSessions> keeper;
  private boolean failed;

  private AdminSession(Connection connection, Optional<AdminSessions> keeper) {
    this.connection = connection;
    this.keeper = keeper;
  }

  /** How the sessions of whoever works on a resource are called. */
  public static String named(String resource) {
    return PURPOSE + resource;
  }

  /**
   * Opens a session in a database.
   *
   * @param resource what it works on; seen by people in {@code application_name}
   */
  public static AdminSession open(PostgresConfig server, String database, String resource) {
    return open(server, database, resource, Optional.empty());
  }

  /** One that goes back to who keeps it when it is closed. */
  static AdminSession openKept(PostgresConfig server, String resource, AdminSessions keeper) {
    return open(server, HOME, resource, Optional.of(keeper));
  }

  private static AdminSession open(PostgresConfig server, String database, String resource, Optional<AdminSessions> keeper) {
    var properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password().reveal());
    properties.setProperty("ApplicationName", named(resource));
    // so that the name is there from the first moment on
    properties.setProperty("assumeMinServerVersion", "15");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("options", OPTIONS);
    try {
      return new AdminSession(DriverManager.getConnection(url(server, database), properties), keeper);
    } catch (SQLException e) {
      throw SqlFailures.of("be reached at " + server.host() + ":" + server.port(), e);
    }
  }

  /** What it does from now on, as people see it. */
  void call(String resource) {
    run("SELECT set_config('application_name', " + Sql.text(named(resource)) + ", false)");
  }

  /**
   * Ends all other sessions of this name and takes the resource's lock. Who comes later ends the earlier one: taking the name and ending
   * the others is one transaction, one after another.
   */
  void takeOver(String resource) {
    run("SELECT pg_advisory_xact_lock(hashtextextended(" + Sql.text(resource) + ", 1));"
        + "SELECT set_config('application_name', " + Sql.text(named(resource)) + ", false);"
        + """
        SELECT pg_terminate_backend(a.pid, 5000) FROM pg_stat_activity a, pg_stat_activity me
        WHERE me.pid = pg_backend_pid() AND a.pid <> me.pid AND a.usesysid = me.usesysid AND a.application_name =\s"""
        + Sql.text(named(resource)));
    list("SELECT pg_advisory_lock(hashtextextended(?, 0))", row -> true, resource);
  }

  /** Lets one session of the server at a time do what concerns all of it. */
  public void serverWide(Runnable work) {
    var _ = alone("offshoot", () -> {
      work.run();
      return true;
    });
  }

  /** Lets one session of the server at a time do what has this name. */
  public <T> T alone(String name, Supplier<T> work) {
    list("SELECT pg_advisory_lock(hashtextextended(?, 0))", row -> true, name);
    try {
      return work.get();
    } finally {
      unlock(name);
    }
  }

  /** Whether this session has the lock of this name now, which another one may have. */
  public boolean lockUnlessBusy(String name) {
    return first("SELECT pg_try_advisory_lock(hashtextextended(?, 0))", row -> row.getBoolean(1), name).orElse(false);
  }

  void unlock(String name) {
    list("SELECT pg_advisory_unlock(hashtextextended(?, 0))", row -> true, name);
  }

  public static String url(PostgresConfig server, String database) {
    return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database;
  }

  /** Each in a transaction of its own. */
  public void run(String... statements) {
    for (String sql : statements) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw failed("run " + sql, e);
      }
    }
  }

  /** Runs a statement that tells what it does, as with VERBOSE: the details of each message that has some. */
  public List<String> details(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      List<String> details = new ArrayList<>();
      for (SQLWarning said = statement.getWarnings(); said != null; said = said.getNextWarning()) {
        if (said instanceof PSQLWarning warning) {
          Optional.ofNullable(warning.getServerErrorMessage()).map(ServerErrorMessage::getDetail).ifPresent(details::add);
        }
      }
      return details;
    } catch (SQLException e) {
      throw failed("run " + sql, e);
    }
  }

  /** All or none, also for what runs next. */
  public void runTogether(List<String> statements) {
    together(() -> run(statements.toArray(String[]::new)));
  }

  /** All that the work does in this session or none, also for what runs next. */
  public void together(Runnable work) {
    try {
      connection.setAutoCommit(false);
      work.run();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      rollBack(e);
      throw failed("commit", e);
    } catch (Failure e) {
      rollBack(e);
      throw e;
    }
  }

  private Failure failed(String doing, SQLException cause) {
    failed = true;
    return SqlFailures.of(doing, cause);
  }

  private void rollBack(Exception reason) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  public <T> List<T> list(String query, Row<T> row, Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(row.read(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw failed("answer " + query, e);
    }
  }

  public <T> Optional<T> first(String query, Row<T> row, Object... values) {
    return list(query, row, values).stream().findFirst();
  }

  /** What the server keeps of a password; takes some milliseconds to make, and lets nobody in. */
  public static Secret verifier(Secret password) {
    try {
      return new Secret(PasswordUtil.encodePassword("any", password.reveal().toCharArray(), "scram-sha-256"));
    } catch (SQLException e) {
      throw SqlFailures.of("make a password's verifier", e);
    }
  }

  /** Lets a role log in with the password that a verifier is of; the verifier is in no message. */
  public void letIn(String role, Secret verifier, int connectionLimit) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE " + Sql.name(role) + " LOGIN CONNECTION LIMIT " + connectionLimit + " PASSWORD "
          + Sql.text(verifier.reveal()));
    } catch (SQLException e) {
      throw failed("let " + role + " in", e);
    }
  }

  /** Hashed here, so that the server never sees the password itself, in its log for example. */
  public void password(String role, Secret password) {
    try {
      connection.unwrap(PGConnection.class).alterUserPassword(role, password.reveal().toCharArray(), "scram-sha-256");
    } catch (SQLException e) {
      throw failed("set the password of " + role, e);
    }
  }

  /** From another thread, also while a statement runs: what the server has begun it may still finish. */
  public void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw SqlFailures.of("end a session", e);
    }
  }

  @Override
  public void close() {
    if (keeper.isEmpty()) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw SqlFailures.of("end a session", e);
      }
    } else if (isAsNew()) {
      keeper.get().giveBack(this);
    } else {
      end();
    }
  }

  /** What was done has been done, whatever becomes of the session. */
  private boolean isAsNew() {
    try {
      if (!failed && connection.getAutoCommit()) {
        run("SELECT pg_advisory_unlock_all(); RESET ALL");
        return true;
      }
      return false;
    } catch (SQLException | Failure dead) {
      return false;
    }
  }

  /** For good, whatever it says. */
  public void end() {
    try {
      connection.close();
    } catch (SQLException _) {
      // it has ended
    }
  }

  /** Reads the row a result stands on. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
