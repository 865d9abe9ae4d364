package dev.offshoot.reporter.clone;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Masking;

/** Finds the constraints that a branch adds over masked columns: that its clone satisfies them says nothing about real rows. */
final class MaskedConstraints {
  private static final int MOST = 200;
  /** Name, table, column: constraints, unique indexes that are none, and NOT NULL under the column's own name. */
  private static final String CONSTRAINED = """
      SELECT con.conname, n.nspname || '.' || c.relname, a.attname
      FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (con.conkey)
      WHERE con.contype IN ('c', 'f', 'p', 'u', 'x') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      UNION ALL
      SELECT i.relname, n.nspname || '.' || c.relname, a.attname
      FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (x.indkey)
      WHERE x.indisunique AND NOT EXISTS (SELECT FROM pg_constraint con WHERE con.conindid = i.oid)
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
      UNION ALL
      SELECT 'NOT NULL of ' || a.attname, n.nspname || '.' || c.relname, a.attname
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attnotnull AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
        AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      ORDER BY 2, 1, 3""";

  private MaskedConstraints() {}

  private record Constrained(String name, String table, String column) {}

  private record Key(String table, String name) {}

  static Masking between(DatabaseLogin before, DatabaseLogin after, List<String> masked)
      throws IOException, SQLException {
    List<String> columns = masked.stream().sorted().toList();
    if (columns.isEmpty()) {
      return new Masking(Excerpt.all(List.of()), Excerpt.all(List.of()));
    }
    return new Masking(Excerpt.of(columns, MOST), Excerpt.of(added(in(before), in(after), Set.copyOf(columns)), MOST));
  }

  private static List<Constrained> in(DatabaseLogin login) throws IOException, SQLException {
    try (CatalogueSession session = CatalogueSession.open(login)) {
      return session.all(CONSTRAINED, row -> new Constrained(row.getString(1), row.getString(2), row.getString(3)));
    }
  }

  private static List<Masking.Constraint> added(
      Collection<Constrained> before, Collection<Constrained> after, Set<String> masked) {
    Set<Constrained> known = new HashSet<>(before);
    return after.stream().filter(one -> !known.contains(one))
        .filter(one -> Stream.of(one.table() + "." + one.column(), one.table() + ".*").anyMatch(masked::contains))
        .collect(Collectors.groupingBy(one -> new Key(one.table(), one.name()), LinkedHashMap::new,
            Collectors.mapping(Constrained::column, Collectors.toList())))
        .entrySet().stream()
        .map(found -> new Masking.Constraint(found.getKey().name(), found.getKey().table(), found.getValue()))
        .toList();
  }
}
