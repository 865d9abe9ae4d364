package dev.offshoot.provisioner.postgres.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.Secret;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.masking.MaskRule;
import dev.offshoot.provisioner.masking.MaskingPolicy;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Roles;
import dev.offshoot.provisioner.postgres.server.Sql;
import dev.offshoot.worker.Failure;

/**
 * Takes Staging's values out of an unfinished template.
 *
 * <p>Law: of a masked column no value of Staging's is left in the database's files: tables are written anew after their
 * rows were changed, so are what is derived from them (indexes, materialized views, the planner's statistics). No code
 * of Staging's decides whether a row is masked: triggers, rules and row security are out of force meanwhile.
 */
public final class TemplateMasking {
  private static final Logger LOG = LoggerFactory.getLogger(TemplateMasking.class);
  private static final SnapshotOwner.Setting PATH = new SnapshotOwner.Setting("search_path", "pg_catalog, public");

  private final AdminSession inside;
  private final SnapshotOwner owner;
  private final Secret key;

  TemplateMasking(AdminSession inside, SnapshotOwner owner, Secret key) {
    this.inside = inside;
    this.owner = owner;
    this.key = key;
  }

  /** @return what is masked, for people */
  List<String> mask(MaskingPolicy policy) {
    refuseUnlessToldOfLargeObjects(inside, policy);
    ColumnMasks masks = ColumnMasks.of(inside, policy);
    FaultPoint.at("postgres.mask.before");
    update(masks);
    boolean removed = policy.largeObjects().filter(MaskRule::isMask).isPresent();
    if (removed) {
      inside.list("SELECT lo_unlink(oid) FROM pg_largeobject_metadata", row -> row.getInt(1));
    }
    FaultPoint.at("postgres.mask.updated");
    refreshViews();
    writeAnew(masks, removed);
    FaultPoint.at("postgres.mask.after");
    return removed ? Stream.concat(masks.names().stream(), Stream.of("large objects")).toList() : masks.names();
  }

  public static void refuseUnlessToldOfLargeObjects(AdminSession inside, MaskingPolicy policy) {
    boolean some = inside.first("SELECT 1 FROM pg_largeobject_metadata LIMIT 1", row -> true).isPresent();
    if (some && policy.largeObjects().isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "Staging has large objects and the masking policy says nothing of them. Nothing was "
          + "published. Write 'largeObjects: clear' or 'largeObjects: null' in the file that staging.masking names");
    }
  }

  /** The setting is the administrator's to give: it keeps ordinary triggers and rules, and foreign keys, from acting. */
  private void update(ColumnMasks masks) {
    List<String> always = alwaysActing(masks.tables());
    always.forEach(one -> inside.run(one.formatted("DISABLE", "")));
    String role = "ALTER ROLE " + Sql.name(Roles.SNAPSHOT) + " IN DATABASE " + Sql.name(database());
    inside.run(role + " SET session_replication_role = 'replica'");
    try {
      List<SnapshotOwner.Task> tasks = new ArrayList<>();
      for (int i = 0; i < masks.statements().size(); i++) {
        tasks.add(new SnapshotOwner.Task("mask " + masks.tables().get(i), masks.statements().get(i)));
      }
      LOG.atInfo().addKeyValue("database", database()).log("Masks {} columns of {} tables", masks.names().size(), tasks.size());
      owner.run(List.of(PATH, new SnapshotOwner.Setting(MaskSql.KEY, key.reveal())), tasks);
    } finally {
      inside.run(role + " RESET session_replication_role");
    }
    always.forEach(one -> inside.run(one.formatted("ENABLE", "ALWAYS ")));
  }

  private String database() {
    return inside.first("SELECT current_database()", row -> row.getString(1)).orElseThrow();
  }

  /** Triggers and rules that are told to act whatever a session says. */
  private List<String> alwaysActing(List<String> tables) {
    if (tables.isEmpty()) {
      return List.of();
    }
    return inside.list("""
        SELECT what, format('%I.%I', n.nspname, c.relname) AS "table", quote_ident(name) AS name FROM (
          SELECT 'TRIGGER' AS what, tgrelid AS relid, tgname AS name FROM pg_trigger WHERE tgenabled = 'A' AND NOT tgisinternal
          UNION ALL
          SELECT 'RULE', ev_class, rulename FROM pg_rewrite WHERE ev_enabled = 'A' AND ev_type <> '1') acting
        JOIN pg_class c ON c.oid = relid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r'""",
        row -> "ALTER TABLE ONLY " + row.getString("table").replace("%", "%%") + " %s %s" + row.getString("what") + " "
            + row.getString("name").replace("%", "%%"));
  }

  /** In the order that they can be filled in: one may be made from another. */
  private void refreshViews() {
    List<String> views = new ArrayList<>(inside.list("""
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'm' AND c.relispopulated AND NOT EXISTS (SELECT 1 FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') ORDER BY c.oid""",
        row -> row.getString(1)));
    views.forEach(view -> inside.run("REFRESH MATERIALIZED VIEW " + view + " WITH NO DATA"));
    while (!views.isEmpty()) {
      List<String> left = new ArrayList<>();
      List<Failure> why = new ArrayList<>();
      for (String view : views) {
        try {
          owner.run(List.of(), List.of(new SnapshotOwner.Task("refresh the materialized view " + view,
              "REFRESH MATERIALIZED VIEW " + view)));
        } catch (Failure notYet) {
          left.add(view);
          why.add(notYet);
        }
      }
      if (left.size() == views.size()) {
        throw why.getFirst();
      }
      views = left;
    }
  }

  /** Also tables with columns that were dropped: the values of those stay in the rows until then. */
  private void writeAnew(ColumnMasks masks, boolean largeObjects) {
    List<String> dropped = inside.list("""
        SELECT DISTINCT format('%I.%I', n.nspname, c.relname) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE a.attisdropped AND c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""",
        row -> row.getString(1));
    Rewriting rewriting = new Rewriting(inside, database());
    Stream.concat(masks.tables().stream(), dropped.stream()).distinct().forEach(rewriting::write);
    if (largeObjects) {
      rewriting.write("pg_largeobject");
      rewriting.write("pg_largeobject_metadata");
    }
    inside.run("SET allow_system_table_mods = on", "DELETE FROM pg_statistic", "DELETE FROM pg_statistic_ext_data",
        "RESET allow_system_table_mods");
    rewriting.write("pg_statistic");
    rewriting.write("pg_statistic_ext_data");
  }
}
