package dev.offshoot.migrator.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table as it is after the failure.
 *
 * @param schema quoted
 * @param name quoted and qualified
 * @param columns unquoted
 * @param key the primary key's columns, unquoted; empty without one
 */
record Table(long number, String schema, String name, List<String> columns, List<String> key) {
  private static final String FIND = """
      SELECT c.oid::bigint, format('%I.%I', n.nspname, c.relname), a.attname,
        coalesce(a.attnum = ANY (i.indkey), false), quote_ident(n.nspname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND\s""";

  static Optional<Table> named(Connection session, String schema, String table) throws SQLException {
    try (PreparedStatement ask = session.prepareStatement(FIND + "n.nspname = ? AND c.relname = ? ORDER BY a.attnum")) {
      ask.setString(1, schema);
      ask.setString(2, table);
      return read(ask);
    }
  }

  static Optional<Table> numbered(Connection session, long number) throws SQLException {
    try (PreparedStatement ask = session.prepareStatement(FIND + "c.oid = ?::bigint::oid ORDER BY a.attnum")) {
      ask.setLong(1, number);
      return read(ask);
    }
  }

  private static Optional<Table> read(PreparedStatement ask) throws SQLException {
    List<String> columns = new ArrayList<>();
    List<String> key = new ArrayList<>();
    Optional<Table> found = Optional.empty();
    try (ResultSet row = ask.executeQuery()) {
      while (row.next()) {
        columns.add(row.getString(3));
        if (row.getBoolean(4)) {
          key.add(row.getString(3));
        }
        found = Optional.of(new Table(row.getLong(1), row.getString(5), row.getString(2), List.of(), List.of()));
      }
    }
    return found.map(one -> new Table(one.number, one.schema, one.name, List.copyOf(columns), List.copyOf(key)));
  }

  static String quoted(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }
}
