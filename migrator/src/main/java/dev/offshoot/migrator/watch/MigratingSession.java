package dev.offshoot.migrator.watch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

import dev.offshoot.evidence.LockMode;

/**
 * The session that migrates, asked from within its open transaction: what that did nobody else can see yet.
 *
 * <p>Law: all of it stands between a savepoint and the return to it, so no lock, setting or error of ours outlives it. Names are looked up
 * in {@code pg_catalog} alone, since the branch may have defined operators of its own.
 */
final class MigratingSession {
  private static final int MOST_RELATIONS = 1_000;
  private static final String BACK = "ROLLBACK TO SAVEPOINT offshoot_look; RELEASE SAVEPOINT offshoot_look";
  private static final String LOOK = """
      SAVEPOINT offshoot_look;
      SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true), pg_catalog.set_config('lock_timeout', '500', true),
        pg_catalog.set_config('statement_timeout', '2000', true);
      SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint;
      SELECT l.relation::bigint, l.modes, pg_stat_get_xact_tuples_inserted(l.relation), pg_stat_get_xact_tuples_updated(l.relation),
        pg_stat_get_xact_tuples_deleted(l.relation), %s
      FROM (SELECT relation, string_agg(mode, ' ') AS modes FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'
          AND relation >= 16384 AND granted GROUP BY relation LIMIT %d) l
        LEFT JOIN (pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace) ON c.oid = l.relation
      WHERE n.nspname IS DISTINCT FROM 'pg_toast';
      %s""".formatted(Known.COLUMNS, MOST_RELATIONS, BACK);

  private final Connection session;

  MigratingSession(Connection session) {
    this.session = session;
  }

  static int backend(Connection session) throws SQLException {
    return session.unwrap(PGConnection.class).getBackendPID();
  }

  /** To be asked within a transaction only. */
  Look look() throws SQLException {
    try (Statement ask = session.createStatement()) {
      // a branch may discard what the server has prepared
      ask.unwrap(PGStatement.class).setPrepareThreshold(0);
      return read(ask, ask.execute(LOOK));
    } catch (SQLException e) {
      back();
      throw e;
    }
  }

  private static Look read(Statement ask, boolean isFirstRows) throws SQLException {
    long wal = 0;
    Map<Long, Look.Held> held = new HashMap<>();
    int table = 0;
    boolean isRows = isFirstRows;
    while (isRows || ask.getUpdateCount() >= 0) {
      if (isRows) {
        try (ResultSet row = ask.getResultSet()) {
          while (row.next()) {
            switch (table) {
              case 1 -> wal = row.getLong(1);
              case 2 -> held.put(row.getLong(1), held(row));
              default -> { }
            }
          }
        }
        table++;
      }
      isRows = ask.getMoreResults();
    }
    return new Look(wal, held);
  }

  private static Look.Held held(ResultSet row) throws SQLException {
    Set<LockMode> modes = EnumSet.noneOf(LockMode.class);
    Arrays.stream(row.getString(2).split(" ")).map(LockMode::named).flatMap(Optional::stream).forEach(modes::add);
    return new Look.Held(Known.read(row, 6), modes, new Look.Counts(row.getLong(3), row.getLong(4), row.getLong(5)));
  }

  /** So that the counters of what is committed next can be read by others, instead of within a second. */
  void letCountersBeSeen() throws SQLException {
    try (Statement ask = session.createStatement()) {
      ask.unwrap(PGStatement.class).setPrepareThreshold(0);
      ask.execute("SAVEPOINT offshoot_look; SELECT pg_catalog.pg_stat_force_next_flush(); " + BACK);
    } catch (SQLException e) {
      back();
      throw e;
    }
  }

  private void back() throws SQLException {
    try (Statement ask = session.createStatement()) {
      ask.execute(BACK);
    }
  }
}
