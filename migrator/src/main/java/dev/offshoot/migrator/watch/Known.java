package dev.offshoot.migrator.watch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.offshoot.evidence.Relation;
import dev.offshoot.migrator.text.SafeText;

/**
 * A relation as the catalogue had it.
 *
 * @param file its {@code relfilenode}; 0 without storage
 * @param bytes of a table with what is stored out of line; 0 when it is empty
 * @param rows as the planner estimates; empty when it was never analysed
 */
record Known(Relation relation, long file, long bytes, Optional<Long> rows) {
  /** What Flyway appends for the names of the table itself, its key and its index. */
  private static final List<String> FLYWAYS = List.of("", "_pk", "_s_idx");
  /** What {@link #read} takes, of a {@code pg_class c} and its {@code pg_namespace n}. */
  static final String COLUMNS = """
      CASE WHEN c.oid IS NOT NULL THEN format('%I.%I', n.nspname, c.relname) END, c.relkind, coalesce(pg_relation_filenode(c.oid), 0)::bigint,
      CASE WHEN c.relkind IN ('r', 'm') AND pg_relation_size(c.oid) > 0 THEN pg_table_size(c.oid)
        WHEN c.relkind IN ('r', 'm') THEN 0
        WHEN c.relkind IN ('i', 'S') THEN pg_relation_size(c.oid) END,
      c.reltuples::bigint""";

  /** Empty when the relation has gone. */
  static Optional<Known> read(ResultSet row, int first) throws SQLException {
    String name = row.getString(first);
    if (name == null) {
      return Optional.empty();
    }
    long tuples = row.getLong(first + 4);
    return Optional.of(new Known(new Relation(SafeText.line(name), Relation.Kind.of(row.getString(first + 1))),
        row.getLong(first + 2), row.getLong(first + 3), tuples < 0 ? Optional.empty() : Optional.of(tuples)));
  }

  /** Whether its size says anything. */
  boolean isStored() {
    return switch (relation.kind()) {
      case TABLE, INDEX, MATERIALIZED_VIEW -> true;
      case PARTITIONED_TABLE, SEQUENCE, VIEW, FOREIGN_TABLE, OTHER -> false;
    };
  }

  /**
   * Flyway's own book-keeping is no effect of a migration.
   *
   * @param history the table's name, unquoted
   */
  boolean belongsTo(String history) {
    String name = relation.name().replace("\"", "");
    return FLYWAYS.stream().anyMatch(kind -> name.endsWith("." + history + kind));
  }
}
