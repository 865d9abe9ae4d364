package dev.offshoot.provisioner.postgres.snapshot;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.offshoot.provisioner.masking.MaskRule;
import dev.offshoot.provisioner.masking.MaskingPolicy;
import dev.offshoot.provisioner.postgres.server.AdminSession;

/** Foreign keys: they are not checked while columns are masked, so what a policy does to both ends is checked before. */
final class References {
  private static final String ALL = """
      SELECT k.conname, rn.nspname AS schema, rc.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
        fn.nspname AS to_schema, fc.relname AS to_table, fa.attname AS to_column, format_type(fa.atttypid, fa.atttypmod) AS to_type
      FROM pg_constraint k CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(own, other)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.own
      JOIN pg_attribute fa ON fa.attrelid = k.confrelid AND fa.attnum = pair.other
      JOIN pg_class c ON c.oid = k.conrelid
      JOIN pg_class rc ON rc.oid = coalesce(CASE WHEN c.relispartition THEN pg_partition_root(c.oid) END, c.oid)
      JOIN pg_namespace rn ON rn.oid = rc.relnamespace
      JOIN pg_class f ON f.oid = k.confrelid
      JOIN pg_class fc ON fc.oid = coalesce(CASE WHEN f.relispartition THEN pg_partition_root(f.oid) END, f.oid)
      JOIN pg_namespace fn ON fn.oid = fc.relnamespace
      WHERE k.contype = 'f' ORDER BY k.conname""";

  private References() {
  }

  private record Reference(End from, End to) {}

  private record End(String schema, String table, String column, String type) {
    String readable() {
      return schema + "." + table + "." + column;
    }
  }

  /** Sentences on references that would point nowhere. */
  static List<String> broken(AdminSession inside, MaskingPolicy policy) {
    return inside.list(ALL, References::read).stream().distinct()
        .filter(reference -> !holds(rule(policy, reference.from()), rule(policy, reference.to()), reference))
        .map(reference -> reference.from().readable() + " refers to " + reference.to().readable()
            + ": give both clear or, where they are of one type, both hash (or the first one null)").toList();
  }

  private static Reference read(ResultSet row) throws SQLException {
    return new Reference(
        new End(row.getString("schema"), row.getString("table"), row.getString("column"), row.getString("type")),
        new End(row.getString("to_schema"), row.getString("to_table"), row.getString("to_column"), row.getString("to_type")));
  }

  private static boolean holds(MaskRule from, MaskRule to, Reference reference) {
    return switch (from) {
      case MaskRule.Null() -> true;
      case MaskRule.Clear() -> !to.isMask();
      case MaskRule.Hash() -> to instanceof MaskRule.Hash && reference.from().type().equals(reference.to().type());
      case MaskRule.Email(), MaskRule.Name(), MaskRule.Fixed _, MaskRule.Expression _ -> false;
    };
  }

  /** Every column has a rule by now, except one that is generated. */
  private static MaskRule rule(MaskingPolicy policy, End end) {
    Optional<MaskRule> rule = policy.ofColumn(end.schema(), end.table(), end.column());
    return rule.orElseGet(MaskRule.Clear::new);
  }
}
