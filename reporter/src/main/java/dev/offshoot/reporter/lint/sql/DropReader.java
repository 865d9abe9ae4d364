package dev.offshoot.reporter.lint.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_statementsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.If_existsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_dropContext;

/** {@code DROP}. */
final class DropReader {
  private DropReader() {}

  static List<Operation> drop(Schema_dropContext statement) {
    List<Operation> operations = new ArrayList<>();
    if (statement.drop_statements() != null) {
      operations.addAll(named(statement.drop_statements()));
    } else {
      ParseTree which = statement.getChild(1);
      boolean guarded = !Trees.find(which, If_existsContext.class).isEmpty();
      operations.add(new Operation.DropOther(kind(which), "", guarded));
      if (statement.drop_database_statement() != null) {
        operations.add(new Operation.OutsideTransactions("DROP DATABASE"));
      }
    }
    if (Trees.find(statement, Cascade_restrictContext.class).stream().anyMatch(each -> each.CASCADE() != null)) {
      operations.add(new Operation.Cascade(operations.getFirst().object()));
    }
    return operations;
  }

  private static List<Operation> named(Drop_statementsContext drop) {
    List<TableName> names = Names.tables(
        drop.if_exist_names_restrict_cascade().names_references().schema_qualified_name().stream());
    boolean guarded = drop.if_exist_names_restrict_cascade().if_exists() != null;
    if (drop.TABLE() != null) {
      return List.of(new Operation.DropTables(names, guarded));
    } else if (drop.INDEX() != null) {
      return List.of(new Operation.DropIndexes(names, drop.CONCURRENTLY() != null, guarded));
    }
    String objects = String.join(", ", names.stream().map(TableName::toString).toList());
    Operation gone = new Operation.DropOther(kind(drop), objects, guarded);
    return drop.TABLESPACE() == null && drop.SUBSCRIPTION() == null
        ? List.of(gone) : List.of(gone, new Operation.OutsideTransactions("DROP " + kind(drop)));
  }

  /** The words before the name. */
  private static String kind(ParseTree drop) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < drop.getChildCount() && drop.getChild(i) instanceof TerminalNode word; i++) {
      words.add(word.getText().toUpperCase(Locale.ROOT));
    }
    return String.join(" ", words);
  }
}
