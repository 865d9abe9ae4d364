package dev.offshoot.migrator.watch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

import dev.offshoot.evidence.LockMode;
import dev.offshoot.migrator.text.SafeText;

/**
 * A session of the environment's role beside the one that migrates. It sees what is committed, everybody's locks, and of sessions those of
 * its own role; it holds no lock and no snapshot between two questions. While it asks, CREATE INDEX CONCURRENTLY waits for it: that is no
 * wait of the migration's.
 */
final class SecondSession implements AutoCloseable {
  static final int MOST_RELATIONS = 5_000;
  private static final int MOST_SEEN = 200;
  private static final String ALL = """
      SELECT c.oid::bigint, %s FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'i', 'I', 'm', 'S', 'v', 'f') AND n.nspname !~ '^pg_toast'
      ORDER BY c.relpages DESC, c.oid LIMIT %d""".formatted(Known.COLUMNS, MOST_RELATIONS);
  private static final String SEEN = """
      SELECT l.relation::bigint, l.mode, l.granted, a.wait_event_type, a.wait_event,
        (SELECT string_agg(format('session %%s of %%s (%%s)', b.pid, b.usename, b.application_name), ', ')
          FROM pg_stat_activity b WHERE b.pid = ANY (a.behind) AND b.pid <> pg_backend_pid()),
        a.behind = ARRAY[pg_backend_pid()]
      FROM (SELECT pid, wait_event_type, wait_event, CASE WHEN wait_event_type = 'Lock' THEN pg_blocking_pids(pid) END AS behind
          FROM pg_stat_activity WHERE pid = ? OFFSET 0) a
        LEFT JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'relation' AND l.relation >= 16384
      LIMIT %d""".formatted(MOST_SEEN);

  private final Connection session;

  SecondSession(DataSource sessions) throws SQLException {
    this.session = sessions.getConnection();
    try (Statement set = session.createStatement()) {
      set.execute("SET search_path = pg_catalog, pg_temp; SET lock_timeout = '500ms'; SET statement_timeout = '2s'");
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  synchronized String server() throws SQLException {
    return SafeText.line(session.getMetaData().getDatabaseProductVersion());
  }

  synchronized long walPosition() throws SQLException {
    return number("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");
  }

  synchronized long tempBytes() throws SQLException {
    return number("SELECT temp_bytes FROM pg_stat_database WHERE datname = current_database()");
  }

  private long number(String question) throws SQLException {
    try (Statement ask = session.createStatement(); ResultSet row = ask.executeQuery(question)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The largest relations, by their number. */
  synchronized Map<Long, Known> relations() throws SQLException {
    Map<Long, Known> found = new HashMap<>();
    try (Statement ask = session.createStatement(); ResultSet row = ask.executeQuery(ALL)) {
      while (row.next()) {
        long number = row.getLong(1);
        Known.read(row, 2).ifPresent(known -> found.put(number, known));
      }
    }
    return found;
  }

  /** What a session locks and waits for right now. */
  synchronized Sample sample(int backend) throws SQLException {
    List<Sample.SeenLock> locks = new ArrayList<>();
    Optional<Sample.SeenWait> wait = Optional.empty();
    try (PreparedStatement ask = session.prepareStatement(SEEN)) {
      ask.setInt(1, backend);
      try (ResultSet row = ask.executeQuery()) {
        while (row.next()) {
          long relation = row.getLong(1);
          boolean granted = row.getBoolean(3);
          Optional.ofNullable(row.getString(2)).flatMap(LockMode::named)
              .ifPresent(mode -> locks.add(new Sample.SeenLock(relation, mode, granted)));
          wait = wait(row);
        }
      }
    }
    return new Sample(locks, wait);
  }

  /** A session that waits for its client does not run anything, and one that waits for the question would not if nobody asked. */
  private static Optional<Sample.SeenWait> wait(ResultSet row) throws SQLException {
    String type = row.getString(4);
    return type == null || type.equals("Client") || row.getBoolean(7)
        ? Optional.empty()
        : Optional.of(new Sample.SeenWait(SafeText.line(type + ":" + row.getString(5)),
            Optional.ofNullable(row.getString(6)).map(SafeText::line).orElse("")));
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}
