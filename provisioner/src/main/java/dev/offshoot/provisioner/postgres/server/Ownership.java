package dev.offshoot.provisioner.postgres.server;

import java.util.List;

/**
 * Hands every object that a user could have made to one role. {@code REASSIGN OWNED} can't do it: the bootstrap
 * superuser's objects are refused, and of other roles it would also take databases away, Staging's for one. What an
 * extension brought stays the administrator's.
 */
public final class Ownership {
  private static final String USER_OBJECTS = """
      WITH space AS (SELECT oid, nspname, nspowner FROM pg_namespace WHERE nspname !~ '^pg_'
          AND nspname <> 'information_schema'),
        object(class, oid, owner, sql) AS (
          SELECT 'pg_namespace'::regclass, oid, nspowner, format('SCHEMA %I', nspname) FROM space
          UNION ALL
          SELECT 'pg_class'::regclass, c.oid, c.relowner,
              CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
              WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END || ' '
                  || c.oid::regclass
            FROM pg_class c JOIN space ON space.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND NOT (c.relkind = 'S' AND EXISTS (
              SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                  AND d.deptype IN ('a', 'i')))
          UNION ALL
          SELECT 'pg_proc'::regclass, p.oid, p.proowner, 'ROUTINE ' || p.oid::regprocedure
            FROM pg_proc p JOIN space ON space.oid = p.pronamespace
          UNION ALL
          SELECT 'pg_type'::regclass, t.oid, t.typowner, CASE t.typtype WHEN 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END
              || t.oid::regtype
            FROM pg_type t JOIN space ON space.oid = t.typnamespace
            WHERE t.typtype IN ('b', 'd', 'e', 'r') AND NOT EXISTS (SELECT 1 FROM pg_type e WHERE e.typarray = t.oid)
          UNION ALL
          SELECT 'pg_operator'::regclass, o.oid, o.oprowner, 'OPERATOR ' || o.oid::regoperator
            FROM pg_operator o JOIN space ON space.oid = o.oprnamespace
          UNION ALL
          SELECT 'pg_collation'::regclass, c.oid, c.collowner, 'COLLATION ' || c.oid::regcollation
            FROM pg_collation c JOIN space ON space.oid = c.collnamespace
          UNION ALL
          SELECT 'pg_statistic_ext'::regclass, s.oid, s.stxowner, format('STATISTICS %I.%I', space.nspname, s.stxname)
            FROM pg_statistic_ext s JOIN space ON space.oid = s.stxnamespace
          UNION ALL
          SELECT 'pg_ts_config'::regclass, c.oid, c.cfgowner, 'TEXT SEARCH CONFIGURATION ' || c.oid::regconfig
            FROM pg_ts_config c JOIN space ON space.oid = c.cfgnamespace
          UNION ALL
          SELECT 'pg_ts_dict'::regclass, d.oid, d.dictowner, 'TEXT SEARCH DICTIONARY ' || d.oid::regdictionary
            FROM pg_ts_dict d JOIN space ON space.oid = d.dictnamespace
          UNION ALL
          SELECT 'pg_largeobject_metadata'::regclass, oid, lomowner, 'LARGE OBJECT '
              || oid FROM pg_largeobject_metadata)
      """;

  /** A transaction locks each object that it hands over, and a server has room for some thousands of locks. */
  private static final int AT_ONCE = 500;

  private Ownership() {
  }

  /** All objects of one role to another, in the session's database. Killed between, some are handed over. */
  public static void handOver(AdminSession inside, String from, String to) {
    long owned = inside.first("""
        SELECT count(*) FROM pg_shdepend WHERE deptype = 'o' AND refclassid = 'pg_authid'::regclass
          AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND refobjid = (SELECT oid FROM pg_roles WHERE rolname = ?)""", row -> row.getLong(1), from).orElse(0L);
    if (owned <= AT_ONCE) {
      inside.run("REASSIGN OWNED BY " + Sql.name(from) + " TO " + Sql.name(to));
    } else {
      normalise(inside, to);
    }
  }

  /** All objects of the session's database. Killed between, some are handed over. */
  public static void normalise(AdminSession inside, String role) {
    String query = USER_OBJECTS + """
        SELECT 'ALTER ' || sql FROM object
        WHERE owner <> (SELECT oid FROM pg_roles WHERE rolname = ?) AND NOT EXISTS (
          SELECT 1 FROM pg_depend d WHERE d.classid = class AND d.objid = object.oid AND d.deptype = 'e')""";
    List<String> statements = inside.list(query, row -> row.getString(1) + " OWNER TO " + Sql.name(role), role);
    for (int start = 0; start < statements.size(); start += AT_ONCE) {
      inside.runTogether(statements.subList(start, Math.min(start + AT_ONCE, statements.size())));
    }
  }
}
