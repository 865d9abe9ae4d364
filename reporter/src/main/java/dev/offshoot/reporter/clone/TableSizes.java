package dev.offshoot.reporter.clone;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.Sizes;

/** Reads how large a database and its tables are, without looking into any. */
final class TableSizes {
  private static final String TABLES = """
      SELECT n.nspname || '.' || c.relname, c.reltuples::bigint, pg_total_relation_size(c.oid)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        AND c.relpersistence <> 't'
      ORDER BY 3 DESC, 1""";

  private TableSizes() {}

  static Sizes of(DatabaseLogin login) throws IOException, SQLException {
    try (CatalogueSession session = CatalogueSession.open(login)) {
      List<Long> database = session.all("SELECT pg_database_size(current_database())", row -> row.getLong(1));
      List<Sizes.Table> tables = session.all(TABLES, row -> new Sizes.Table(row.getString(1),
          Optional.of(row.getLong(2)).filter(rows -> rows >= 0), row.getLong(3)));
      return new Sizes(database.getFirst(), Excerpt.all(tables));
    }
  }
}
