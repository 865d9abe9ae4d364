package dev.offshoot.provisioner.postgres.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.worker.Failure;

/**
 * What is in a database, in 64 hex digits: the columns of its tables and views; of each table the number of its rows
 * and a hash of them that does not depend on their order; where each sequence stands.
 *
 * <p>Law: read as the environment's own role, since a branch may have put code of its own behind its tables; ended
 * from outside at the deadline, since that code may also lift every limit of its session. The role gets a password
 * nobody knows, so that only we are in, and sees every row of every table, whatever row security the branch has forced on them and whatever it
 * has revoked from itself.
 */
public final class Fingerprint {
  private static final long GIGABYTE = 1_000_000_000;
  /** So that the same rows read the same wherever and with whatever client they are read. */
  private static final List<String> SAME_TEXT_EVERYWHERE = List.of("TimeZone = 'UTC'", "DateStyle = 'ISO, YMD'",
      "IntervalStyle = 'iso_8601'", "extra_float_digits = 1", "bytea_output = 'hex'", "lc_monetary = 'C'");
  private static final String COLUMNS = """
      SELECT format('%I.%I %s %I %s %s', n.nspname, c.relname, c.relkind, a.attname,
          format_type(a.atttypid, a.atttypmod), a.attnotnull)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
        AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attnum""";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PostgresConfig server;
  private final LongFunction<Duration> deadline;

  public Fingerprint(PostgresConfig server) {
    this(server, bytes -> Duration.ofMinutes(5).plusSeconds(60 * bytes / GIGABYTE));
  }

  /** @param deadline how long a database of so many bytes may take */
  public Fingerprint(PostgresConfig server, LongFunction<Duration> deadline) {
    this.server = server;
    this.deadline = deadline;
  }

  /** Locks everybody else out first. */
  public String of(AdminSession session, String database, String role) {
    Secret password = passwordForUs();
    session.password(role, password);
    session.run("ALTER ROLE " + Sql.name(role) + " RESET ALL",
        "ALTER ROLE " + Sql.name(role) + " IN DATABASE " + Sql.name(database) + " RESET ALL",
        "ALTER ROLE " + Sql.name(role) + " LOGIN");
    Roles.letReadAll(session, role);
    FaultPoint.at("postgres.fingerprint.opened");
    try {
      Databases.endSessions(session, database);
      return readInTime(database, role, password, deadline.apply(Databases.bytes(session, database)));
    } finally {
      Roles.endReadingAll(session, role);
    }
  }

  private String readInTime(String database, String role, Secret password, Duration longest) {
    AtomicBoolean ended = new AtomicBoolean();
    try (ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
      var end = watch.schedule(() -> {
        ended.set(true);
        endFromOutside(database);
      }, longest.toMillis(), TimeUnit.MILLISECONDS);
      try {
        return read(database, role, password);
      } catch (Failure failure) {
        throw ended.get() ? tooSlow(database, longest, failure) : failure;
      } finally {
        end.cancel(true);
      }
    }
  }

  /** Trying again would take as long again. */
  private static Failure tooSlow(String database, Duration longest, Failure cause) {
    return new Failure(Failure.Kind.INVALID, "Reading all rows of the database " + database + " took more than " + longest.toSeconds() + " s and was ended; nothing is removed. Look for what makes reading its "
        + "tables slow (load on the server, code behind a table), then ask again", cause);
  }

  /** One that nobody else knows. */
  public static Secret passwordForUs() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return new Secret(HexFormat.of().formatHex(bytes));
  }

  private void endFromOutside(String database) {
    try (AdminSession session = AdminSession.open(server, AdminSession.HOME, "deadline")) {
      Databases.endSessions(session, database);
    }
  }

  private String read(String database, String role, Secret password) {
    var properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", password.reveal());
    properties.setProperty("options", "-c search_path=pg_catalog -c default_transaction_read_only=on");
    properties.setProperty("connectTimeout", "10");
    try (Connection connection = DriverManager.getConnection(AdminSession.url(server, database), properties);
        Statement statement = connection.createStatement()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String setting : SAME_TEXT_EVERYWHERE) {
        statement.execute("SET " + setting);
      }
      for (String query : queries(statement)) {
        try (ResultSet rows = statement.executeQuery(query)) {
          while (rows.next()) {
            digest.update((rows.getString(1) + '\n').getBytes(StandardCharsets.UTF_8));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (SQLException e) {
      throw SqlFailures.of("read " + database + " as its own role", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Each answers texts in an order that is the same for the same content. */
  private static List<String> queries(Statement statement) throws SQLException {
    List<String> queries = new ArrayList<>(List.of(COLUMNS));
    try (ResultSet rows = statement.executeQuery("""
        SELECT format('%I.%I', n.nspname, c.relname), c.relkind = 'S'
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'S') AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
        ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C\"""")) {
      while (rows.next()) {
        queries.add(rows.getBoolean(2) ? position(rows.getString(1)) : content(rows.getString(1)));
      }
    }
    return queries;
  }

  private static String content(String table) {
    return "SELECT " + Sql.text(table) + " || ' ' || count(*) || ' ' "
        + "|| coalesce(sum(hashtextextended(ROW(offshoot_row.*)::text, 0)::numeric), 0) FROM ONLY "
        + table + " AS offshoot_row";
  }

  private static String position(String sequence) {
    return "SELECT " + Sql.text(sequence) + " || ' ' || last_value || ' ' || is_called FROM " + sequence;
  }
}
