package dev.offshoot.migrator.rows;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a foreign key or check demands, as the server reads it. */
final class Constraint {
  private static final String FIND = """
      SELECT contype, pg_get_expr(conbin, conrelid), confrelid::bigint,
        ARRAY(SELECT a.attname::text FROM unnest(conkey) WITH ORDINALITY k(n, i) JOIN pg_attribute a ON a.attrelid = conrelid
          AND a.attnum = k.n ORDER BY k.i),
        ARRAY(SELECT a.attname::text FROM unnest(confkey) WITH ORDINALITY k(n, i) JOIN pg_attribute a ON a.attrelid = confrelid
          AND a.attnum = k.n ORDER BY k.i)
      FROM pg_constraint WHERE conrelid = ?::bigint::oid AND conname = ? AND contype IN ('c', 'f')""";

  private Constraint() {}

  /**
   * The rows that do not keep it. A constraint that went with the failure is added again for the moment without being validated, by the
   * statement that failed, if that is a single one.
   */
  static Optional<Condition> find(Connection session, Table table, String name, String sql) throws SQLException {
    Optional<Condition> standing = read(session, table, name);
    if (standing.isPresent() || Statements.bare(sql).contains(";")) {
      return standing;
    }
    Savepoint before = session.setSavepoint();
    try (Statement add = session.createStatement()) {
      add.execute("SET LOCAL search_path = " + table.schema() + ", pg_catalog, pg_temp");
      add.execute(Statements.bare(sql) + " NOT VALID");
      add.execute("SET LOCAL search_path = pg_catalog, pg_temp");
      return read(session, table, name);
    } catch (SQLException e) {
      session.rollback(before);
      return Optional.empty();
    }
  }

  private static Optional<Condition> read(Connection session, Table table, String name) throws SQLException {
    try (PreparedStatement ask = session.prepareStatement(FIND)) {
      ask.setLong(1, table.number());
      ask.setString(2, name);
      try (ResultSet row = ask.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        List<String> columns = names(row.getArray(4));
        if (row.getString(1).equals("c")) {
          return Optional.of(new Condition(table, "(" + row.getString(2) + ") IS FALSE", columns));
        }
        List<String> others = names(row.getArray(5));
        return Table.numbered(session, row.getLong(3)).map(other -> new Condition(table, orphans(other, columns, others), columns));
      }
    }
  }

  private static String orphans(Table other, List<String> columns, List<String> others) {
    String present = columns.stream().map(column -> "t." + Table.quoted(column) + " IS NOT NULL").collect(Collectors.joining(" AND "));
    String same = IntStream.range(0, columns.size())
        .mapToObj(i -> "o." + Table.quoted(others.get(i)) + " = t." + Table.quoted(columns.get(i))).collect(Collectors.joining(" AND "));
    return present + " AND NOT EXISTS (SELECT 1 FROM " + other.name() + " AS o WHERE " + same + ")";
  }

  private static List<String> names(Array array) throws SQLException {
    return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }
}
