package dev.offshoot.reporter.clone;

import java.io.IOException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

import org.pgcodekeeper.core.DatabaseType;
import org.pgcodekeeper.core.PgDiff;
import org.pgcodekeeper.core.ignorelist.IgnoreList;
import org.pgcodekeeper.core.ignorelist.IgnoreSchemaList;
import org.pgcodekeeper.core.ignorelist.IgnoredObject;
import org.pgcodekeeper.core.loader.DatabaseLoader;
import org.pgcodekeeper.core.loader.LoaderFactory;
import org.pgcodekeeper.core.model.difftree.DbObjType;
import org.pgcodekeeper.core.model.difftree.DiffTree;
import org.pgcodekeeper.core.model.difftree.TreeElement;
import org.pgcodekeeper.core.model.difftree.TreeFlattener;
import org.pgcodekeeper.core.monitor.NullMonitor;
import org.pgcodekeeper.core.schema.AbstractDatabase;
import org.pgcodekeeper.core.settings.CoreSettings;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.reporter.model.SchemaDifference.Change;
import dev.offshoot.reporter.model.SchemaDifference.Kind;

/**
 * Compares two databases' schemas with pgCodeKeeper, which reads the catalogues and executes nothing of what it finds.
 */
final class SchemaComparison {
  private static final int LONGEST_SQL = 200_000;
  private static final int MOST_CHANGES = 2_000;
  private static final int MOST_REMARKS = 20;

  private SchemaComparison() {}

  /** @param history Flyway's, which is left out */
  static SchemaDifference compare(DatabaseLogin before, DatabaseLogin after, FlywayConfig history)
      throws IOException, InterruptedException {
    CoreSettings settings = settings();
    DatabaseLoader left = loader(settings, before);
    DatabaseLoader right = loader(settings, after);
    AbstractDatabase old = left.loadAndAnalyze();
    AbstractDatabase fresh = right.loadAndAnalyze();
    TreeElement tree = DiffTree.create(settings, old, fresh);
    tree.setAllChecked();
    IgnoreList ignored = ignored(history);
    List<Change> changes = new TreeFlattener().onlySelected().useIgnoreList(ignored).onlyEdits(old, fresh).flatten(tree)
        .stream()
        .map(SchemaComparison::change)
        .sorted(Comparator.comparing(Change::name).thenComparing(Change::type))
        .toList();
    String sql = new PgDiff(settings).diff(tree, old, fresh, List.of(), List.of(), ignored);
    List<String> remarks = Stream.concat(left.getErrors().stream(), right.getErrors().stream())
        .map(String::valueOf).distinct().limit(MOST_REMARKS).toList();
    String shown = sql.length() <= LONGEST_SQL ? sql.strip() : sql.substring(0, LONGEST_SQL) + "\n-- cut";
    return new SchemaDifference(Excerpt.of(changes, MOST_CHANGES), shown, remarks);
  }

  private static CoreSettings settings() {
    CoreSettings settings = new CoreSettings();
    settings.setDbType(DatabaseType.PG);
    settings.setIgnorePrivileges(true);
    settings.setEnableFunctionBodiesDependencies(false);
    settings.setDisableCheckFunctionBodies(false);
    // the schema was migrated just now, and may be used already
    settings.setIgnoreConcurrentModification(true);
    settings.setTimeZone("UTC");
    return settings;
  }

  private static DatabaseLoader loader(CoreSettings settings, DatabaseLogin login) {
    return LoaderFactory.createJdbcLoader(settings, "UTC", login, new NullMonitor(), new IgnoreSchemaList());
  }

  /** In the schema that is configured; without one in whatever schema the role saw first. */
  private static IgnoreList ignored(FlywayConfig history) {
    IgnoreList list = new IgnoreList();
    String name = history.historySchema().map(schema -> schema + "." + history.table()).orElse(history.table());
    list.add(new IgnoredObject(name, false, true, history.historySchema().isPresent(), EnumSet.noneOf(DbObjType.class)));
    return list;
  }

  private static Change change(TreeElement element) {
    Kind kind = switch (element.getSide()) {
      case LEFT -> Kind.REMOVED;
      case RIGHT -> Kind.ADDED;
      case BOTH -> Kind.CHANGED;
    };
    return new Change(kind, element.getType().name(), element.getQualifiedName());
  }
}
