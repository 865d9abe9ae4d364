package dev.offshoot.migrator.flyway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Optional;

import org.postgresql.ds.PGSimpleDataSource;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.migrator.text.SafeText;
import dev.offshoot.worker.Failure;

/**
 * An environment's database, logged in to as the environment's own role; never as an administrator, whom SQL of the
 * branch could make its own.
 *
 * @param application the {@code application_name} that all sessions of this incarnation's migrator bear
 */
public record EnvironmentDatabase(StoreCoordinates at, Secret password, String application) {
  private static final int CONNECT_SECONDS = 10;
  private static final int ANSWER_SECONDS = 30;
  private static final int LONGEST_NAME = 63;
  private static final int WAIT_FOR_END_MILLIS = 5_000;

  public EnvironmentDatabase {
    // the server cuts longer ones, and would not find them again
    application = application.substring(0, Math.min(LONGEST_NAME, application.length()));
  }

  /** Opens sessions; every property is set as a value, so that no name can add another. */
  PGSimpleDataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {at.host()});
    source.setPortNumbers(new int[] {at.port()});
    source.setDatabaseName(at.name());
    source.setUser(at.user());
    source.setPassword(password.reveal());
    source.setApplicationName(application);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    return source;
  }

  /** For our own short questions, which a hostile database must not hold up. */
  PGSimpleDataSource impatient() {
    PGSimpleDataSource source = dataSource();
    source.setSocketTimeout(ANSWER_SECONDS);
    return source;
  }

  /**
   * For our own questions with our own names: settings that the branch gave its role decide neither what an operator
   * means nor how long a statement may take.
   */
  PGSimpleDataSource unswayed() {
    PGSimpleDataSource source = impatient();
    source.setOptions("-c search_path=pg_catalog -c statement_timeout=0 -c lock_timeout=0");
    return source;
  }

  /** Ends what an earlier attempt, perhaps of a dead process, left behind. */
  public void endOlderSessions() throws SQLException {
    try (Connection session = unswayed().getConnection();
        PreparedStatement end = session.prepareStatement(
            "SELECT pg_catalog.pg_terminate_backend(pid, ?) FROM pg_catalog.pg_stat_activity"
                + " WHERE application_name = ? AND usename = current_user AND pid <> pg_catalog.pg_backend_pid()")) {
      end.setLong(1, WAIT_FOR_END_MILLIS);
      end.setString(2, application);
      end.execute();
    }
  }

  /** Ends these sessions from another one, whatever they changed of their settings. */
  public void end(Collection<Integer> backends) throws SQLException {
    try (Connection session = unswayed().getConnection();
        PreparedStatement end = session.prepareStatement(
            "SELECT pg_catalog.pg_terminate_backend(pid, ?) FROM pg_catalog.pg_stat_activity"
                + " WHERE pid = ANY (?) AND usename = current_user")) {
      end.setLong(1, WAIT_FOR_END_MILLIS);
      end.setArray(2, session.createArrayOf("int4", backends.toArray()));
      end.execute();
    }
  }

  /** The newest version in Flyway's history, or "" where there is none; empty where a migration has failed. */
  public Optional<String> version(FlywayConfig settings) throws SQLException {
    SchemaHistory.State history = new SchemaHistory(this, settings).state();
    return history.rows().stream().allMatch(SchemaHistory.Row::success) ? Optional.of(history.version()) : Optional.empty();
  }

  /** Whether Flyway ever kept a history here. */
  boolean hasSchemaHistory(FlywayConfig settings) throws SQLException {
    return schemaHistory(settings).isPresent();
  }

  /**
   * The quoted and qualified name of Flyway's history: in the first schema that is configured, else in the one that Flyway's own sessions
   * see first.
   *
   * @throws dev.offshoot.worker.Failure INVALID when something else than a table bears its name
   */
  Optional<String> schemaHistory(FlywayConfig settings) throws SQLException {
    Optional<String> schema = settings.historySchema().isPresent() ? settings.historySchema() : currentSchema();
    return schema.isEmpty() ? Optional.empty() : schemaHistory(schema.get(), settings.table());
  }

  private Optional<String> schemaHistory(String schema, String table) throws SQLException {
    try (Connection session = unswayed().getConnection();
        PreparedStatement ask = session.prepareStatement(
            "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind = 'r'"
                + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = ?")) {
      ask.setString(1, schema);
      ask.setString(2, table);
      try (ResultSet row = ask.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        if (!row.getBoolean(2)) {
          throw SchemaHistory.foreign(table, "it is not a table");
        }
        return Optional.of(row.getString(1));
      }
    }
  }

  /** In a session like Flyway's, whose search path is the role's. */
  private Optional<String> currentSchema() throws SQLException {
    try (Connection session = impatient().getConnection();
        Statement ask = session.createStatement();
        ResultSet row = ask.executeQuery("SELECT pg_catalog.current_schema()")) {
      row.next();
      return Optional.ofNullable(row.getString(1));
    }
  }

  /** What the server's trouble means: whether trying again may help. */
  public Failure trouble(SQLException e) {
    Failure.Kind kind = Classification.transientKind(e).orElse(Failure.Kind.DENIED);
    String why = kind == Failure.Kind.DENIED
        ? "the environment's role can no longer use it (a migration may have changed its password or search path);"
            + " make the environment anew: 'offshoot env destroy NAME', then 'offshoot env create'"
        : "the server does not answer as it should";
    return new Failure(kind, "The database " + this + ": " + why + ": " + SafeText.line(String.valueOf(e.getMessage())), e);
  }

  @Override
  public String toString() {
    return at.name() + " at " + at.host() + ":" + at.port();
  }
}
