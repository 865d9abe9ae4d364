package dev.offshoot.provisioner.postgres.snapshot;

import java.util.List;
import java.util.Optional;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Sql;

/** Makes a copy of an epoch a schema to compare with. */
final class Reference {
  /** Each is locked, and a server has room for some thousands of locks. */
  private static final int AT_ONCE = 500;

  private Reference() {
  }

  /**
   * Removes all rows.
   *
   * @param kept the table whose rows stay: Flyway's history, where that is to be run again
   */
  static void empty(AdminSession inside, FlywayConfig kept) {
    List<String> tables = inside.list("""
        SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (
          SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
          AND (n.nspname, c.relname) <> (?, ?)""",
        row -> row.getString(1), schema(kept), kept.table());
    if (!tables.isEmpty()) {
      keepTriggersFromFiring(inside);
    }
    for (int start = 0; start < tables.size(); start += AT_ONCE) {
      List<String> some = tables.subList(start, Math.min(start + AT_ONCE, tables.size()));
      // what refers to these goes too: in the end all are empty
      inside.run("TRUNCATE " + String.join(", ", some) + " CASCADE");
    }
    List<String> views = inside.list("SELECT oid::regclass FROM pg_class WHERE relkind = 'm'", row -> row.getString(1));
    views.forEach(view -> inside.run("REFRESH MATERIALIZED VIEW " + view + " WITH NO DATA"));
  }

  /** Only a superuser can. */
  private static void keepTriggersFromFiring(AdminSession inside) {
    inside.list("""
        SELECT set_config('session_replication_role', 'replica', false)
        WHERE current_setting('is_superuser') = 'on'""", row -> row.getString(1));
  }

  /** Lets a role read Flyway's history, if there is one. */
  static void letRead(AdminSession inside, FlywayConfig history, String role) {
    List<String> tables = inside.list("""
        SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND (n.nspname, c.relname) = (?, ?)""", row -> row.getString(1), schema(history), history.table());
    tables.forEach(table -> inside.run("GRANT SELECT ON " + table + " TO " + Sql.name(role)));
  }

  /** Of the history; without one in the configuration, the one that the reference's role sees first. */
  private static String schema(FlywayConfig history) {
    return history.historySchema().orElse("public");
  }

  /** Lets a role look at the definitions. */
  static void letIn(AdminSession inside, String role) {
    List<String> schemas = inside.list(
        "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
            row -> row.getString(1));
    schemas.forEach(schema -> inside.run("GRANT USAGE ON SCHEMA " + Sql.name(schema) + " TO " + Sql.name(role)));
  }
}
