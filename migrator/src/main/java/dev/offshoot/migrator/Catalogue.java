package dev.offshoot.migrator;

/** Queries of PostgreSQL's catalogue, each of one column of text in an order of its own. What an extension brought stands for itself. */
final class Catalogue {
  private static final String OURS = """
      WITH space AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
        brought AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
        relation AS (SELECT c.* FROM pg_class c JOIN space s ON s.oid = c.relnamespace
          WHERE NOT EXISTS (SELECT 1 FROM brought b WHERE b.classid = 'pg_class'::regclass AND b.objid = c.oid))
      """;

  /** The definition of everything in the database. */
  static final String DEFINITIONS = OURS + """
      , line(text) AS (
        SELECT format('schema %I', nspname) FROM space
        UNION ALL SELECT format('extension %I %s', extname, extversion) FROM pg_extension
        UNION ALL SELECT format('relation %s %s %s %s %s %s', oid::regclass, relkind, relpersistence, reloptions::text,
          CASE WHEN relkind = 'p' THEN pg_get_partkeydef(oid) END, pg_get_expr(relpartbound, oid))
          FROM relation WHERE relkind <> 'i' AND relkind <> 'I'
        UNION ALL SELECT format('security of %s %s %s', oid::regclass, relrowsecurity, relforcerowsecurity)
          FROM relation WHERE relkind IN ('r', 'p')
        UNION ALL SELECT format('column %s %I #%s %s %s %s %s %s %s', r.oid::regclass, a.attname,
          row_number() OVER (PARTITION BY r.oid ORDER BY a.attnum), format_type(a.atttypid, a.atttypmod), a.attnotnull,
          a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), nullif(a.attcollation, 0)::regcollation)
          FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
          LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum WHERE r.relkind IN ('r', 'p', 'c', 'f', 'm', 'v')
        UNION ALL SELECT format('parent %s %s', i.inhrelid::regclass, i.inhparent::regclass)
          FROM pg_inherits i JOIN relation r ON r.oid = i.inhrelid
        UNION ALL SELECT format('constraint %s %I %s', coalesce(nullif(c.conrelid, 0)::regclass::text,
          nullif(c.contypid, 0)::regtype::text), c.conname, pg_get_constraintdef(c.oid))
          FROM pg_constraint c JOIN space s ON s.oid = c.connamespace
        UNION ALL SELECT format('index %s %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
          FROM pg_index i JOIN relation r ON r.oid = i.indrelid
        UNION ALL SELECT format('view %s %s', oid::regclass, pg_get_viewdef(oid)) FROM relation WHERE relkind IN ('v', 'm')
        UNION ALL SELECT format('sequence %s %s %s %s %s %s %s %s', q.seqrelid::regclass, q.seqtypid::regtype, q.seqstart,
          q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle)
          FROM pg_sequence q JOIN relation r ON r.oid = q.seqrelid
        UNION ALL SELECT CASE WHEN p.prokind = 'a' THEN format('aggregate %s', p.oid::regprocedure) ELSE pg_get_functiondef(p.oid) END
          FROM pg_proc p JOIN space s ON s.oid = p.pronamespace
          WHERE NOT EXISTS (SELECT 1 FROM brought b WHERE b.classid = 'pg_proc'::regclass AND b.objid = p.oid)
        UNION ALL SELECT format('trigger %s %s', pg_get_triggerdef(t.oid), t.tgenabled)
          FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
        UNION ALL SELECT pg_get_ruledef(u.oid) FROM pg_rewrite u JOIN relation r ON r.oid = u.ev_class WHERE u.rulename <> '_RETURN'
        UNION ALL SELECT format('policy %s %I %s %s %s %s', p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive,
          pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
          FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
        UNION ALL SELECT format('type %s %s %s %s %s', t.oid::regtype, t.typtype, format_type(nullif(t.typbasetype, 0), t.typtypmod),
          t.typnotnull, t.typdefault) FROM pg_type t JOIN space s ON s.oid = t.typnamespace WHERE t.typtype IN ('d', 'e', 'r')
        UNION ALL SELECT format('label %s %L #%s', e.enumtypid::regtype, e.enumlabel,
          row_number() OVER (PARTITION BY e.enumtypid ORDER BY e.enumsortorder))
          FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN space s ON s.oid = t.typnamespace
        UNION ALL SELECT format('comment %s %s %L', i.type, i.identity, d.description)
          FROM (SELECT * FROM pg_description WHERE objoid >= 16384) d
          CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
          WHERE NOT EXISTS (SELECT 1 FROM brought b WHERE b.classid = d.classoid AND b.objid = d.objoid))
      SELECT text FROM line ORDER BY text COLLATE "C"
      """;

  /** How far each sequence is. */
  static final String SEQUENCES = OURS + """
      SELECT format('%s %s', r.oid::regclass, CASE WHEN has_sequence_privilege(r.oid, 'SELECT') THEN pg_sequence_last_value(r.oid) END)
      FROM pg_sequence q JOIN relation r ON r.oid = q.seqrelid ORDER BY r.oid::regclass::text COLLATE "C"
      """;

  /** A query for the rows of each table. Of a table with the columns of Flyway's history only what was applied counts. */
  static final String TABLES = OURS + """
      SELECT format('SELECT format(''%%s %%s %%s'', %L, count(*), sum(hashtextextended(ROW(%s)::text, 0)::numeric)) FROM ONLY %s AS t',
          oid::regclass, CASE WHEN (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = relation.oid AND a.attname IN ('installed_rank',
              'version', 'description', 'type', 'script', 'checksum', 'installed_by', 'installed_on', 'execution_time', 'success')) = 10
            THEN 't.installed_rank, t.version, t.description, t.type, t.script, t.checksum, t.success' ELSE 't.*' END, oid::regclass)
      FROM relation WHERE relkind IN ('r', 'm') AND (relkind = 'r' OR relispopulated) AND has_table_privilege(oid, 'SELECT')
      ORDER BY oid::regclass::text COLLATE "C"
      """;

  private Catalogue() {
  }
}
