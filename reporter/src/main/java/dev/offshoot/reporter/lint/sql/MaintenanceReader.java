package dev.offshoot.reporter.lint.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Boolean_valueContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cluster_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Reindex_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_additionalContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vacuum_modeContext;

/** {@code VACUUM}, {@code CLUSTER}, {@code REINDEX}. */
final class MaintenanceReader {
  private static final Set<String> NO = Set.of("false", "off", "0", "'false'", "'off'", "'0'");

  private MaintenanceReader() {}

  static List<Operation> vacuum(Script_additionalContext statement) {
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation.OutsideTransactions("VACUUM"));
    if (full(statement.vacuum_mode())) {
      if (statement.table_cols_list() == null) {
        operations.add(new Operation.Rewrite(Optional.empty()));
      } else {
        statement.table_cols_list().inheritance_specified_table_cols().stream()
            .map(each -> Names.table(each.schema_qualified_name()))
            .forEach(table -> operations.add(new Operation.Rewrite(Optional.of(table))));
      }
    }
    return operations;
  }

  private static boolean full(Vacuum_modeContext mode) {
    return mode.FULL() != null
        || mode.vacuum_option().stream().anyMatch(each -> each.FULL() != null && !no(each.boolean_value()));
  }

  private static boolean no(Boolean_valueContext value) {
    return value != null && NO.contains(value.getText().toLowerCase(Locale.ROOT));
  }

  static Operation cluster(Cluster_stmtContext statement) {
    return new Operation.Rewrite(Optional.ofNullable(statement.schema_qualified_name()).map(Names::table));
  }

  static List<Operation> reindex(Reindex_stmtContext statement) {
    boolean gentle = statement.CONCURRENTLY() != null || (statement.reindex_options() != null
        && statement.reindex_options().reindex_option().stream()
            .anyMatch(each -> each.CONCURRENTLY() != null && !no(each.boolean_value())));
    String name = Optional.ofNullable(statement.schema_qualified_name()).map(Names::table).map(TableName::toString)
        .orElse("");
    Operation reindex = new Operation.Reindex(name, gentle);
    boolean many = statement.SCHEMA() != null || statement.DATABASE() != null || statement.SYSTEM() != null;
    return many ? List.of(reindex, new Operation.OutsideTransactions("REINDEX of many tables")) : List.of(reindex);
  }
}
