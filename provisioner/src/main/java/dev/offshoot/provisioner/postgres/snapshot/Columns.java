package dev.offshoot.provisioner.postgres.snapshot;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.snapshot.MaskSql.Column;
import dev.offshoot.provisioner.postgres.snapshot.MaskSql.Root;
import dev.offshoot.provisioner.postgres.snapshot.MaskSql.Traits;

/** The columns of all tables of a database, as its catalogue has them. */
final class Columns {
  private static final String ALL = """
      SELECT format('%I.%I', n.nspname, c.relname) AS "table", rn.nspname AS root_schema, rc.relname AS root_table, a.attname,
        format_type(a.atttypid, a.atttypmod) AS type,
        format_type(CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END, NULL) AS base,
        CASE WHEN coalesce(nullif(t.typbasetype, 0), t.oid) IN (1042, 1043) THEN
          nullif(CASE t.typtype WHEN 'd' THEN t.typtypmod ELSE a.atttypmod END, -1) - 4 END AS length,
        a.attnotnull OR t.typnotnull AS not_null, a.attgenerated <> '' AS generated, a.attidentity = 'a' AS identity,
        EXISTS (SELECT 1 FROM pg_partitioned_table p WHERE a.attnum = ANY (p.partattrs)
          AND p.partrelid IN (c.oid, rc.oid)) OR c.relispartition AND EXISTS (
            SELECT 1 FROM pg_partition_ancestors(c.oid) up JOIN pg_partitioned_table p ON p.partrelid = up.relid
            JOIN pg_attribute pa ON pa.attrelid = up.relid AND pa.attnum = ANY (p.partattrs)
            WHERE pa.attname = a.attname) AS partition_key,
        c.relkind <> 'f' AND NOT EXISTS (SELECT 1 FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') AS plain,
        c.relkind = 'r' AS holds_rows
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class rc ON rc.oid = coalesce(CASE WHEN c.relispartition THEN pg_partition_root(c.oid) END, c.oid)
      JOIN pg_namespace rn ON rn.oid = rc.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ORDER BY n.nspname, c.relname, a.attnum""";

  private Columns() {
  }

  static List<Column> of(AdminSession inside) {
    return inside.list(ALL, Columns::column);
  }

  private static Column column(ResultSet row) throws SQLException {
    int length = row.getInt("length");
    return new Column(row.getString("table"), new Root(row.getString("root_schema"), row.getString("root_table")),
        row.getString("attname"), row.getString("type"), row.getString("base"),
        row.wasNull() || length <= 0 ? Optional.empty() : Optional.of(length),
        new Traits(row.getBoolean("not_null"), row.getBoolean("generated"), row.getBoolean("identity"),
            row.getBoolean("partition_key"), row.getBoolean("plain"), row.getBoolean("holds_rows")));
  }
}
