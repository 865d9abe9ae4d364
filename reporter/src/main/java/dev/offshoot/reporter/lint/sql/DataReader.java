package dev.offshoot.reporter.lint.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Delete_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Indirection_identifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Insert_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vex_or_named_notationContext;

/** What changes rows, also inside a {@code WITH}; and settings that are made by a function. */
final class DataReader {
  private static final String SETS = "set_config";

  private DataReader() {}

  static List<Operation> read(ParserRuleContext statement) {
    List<Operation> operations = new ArrayList<>();
    for (ParseTree each : Trees.topmost(statement, DataReader::counts, true)) {
      switch (each) {
        case Insert_stmt_for_psqlContext insert -> operations.add(new Operation.InsertRows(
            Names.table(insert.insert_table_name), insert.insert_columns() == null
                ? List.of() : columns(insert.insert_columns().indirection_identifier())));
        case Update_stmt_for_psqlContext update -> operations.add(new Operation.UpdateRows(
            Names.table(update.update_table_name),
            update.update_set().stream().flatMap(set -> columns(set.indirection_identifier()).stream()).toList(),
            update.WHERE() != null));
        case Delete_stmt_for_psqlContext delete -> operations.add(
            new Operation.DeleteRows(Names.table(delete.delete_table_name), delete.WHERE() != null));
        case Function_callContext call -> setting(call).ifPresent(operations::add);
        default -> { }
      }
    }
    return operations.isEmpty() ? List.of(new Operation.Other()) : List.copyOf(operations);
  }

  private static boolean counts(ParseTree node) {
    return node instanceof Insert_stmt_for_psqlContext || node instanceof Update_stmt_for_psqlContext
        || node instanceof Delete_stmt_for_psqlContext || node instanceof Function_callContext;
  }

  /** A part of a column, such as {@code point.x}, may be set beside another part of it. */
  private static List<String> columns(List<Indirection_identifierContext> identifiers) {
    return identifiers.stream()
        .map(each -> Names.of(each.identifier())
            + (each.indirection_list() == null ? "" : each.indirection_list().getText()))
        .toList();
  }

  private static Optional<Operation> setting(Function_callContext call) {
    List<Vex_or_named_notationContext> arguments = call.vex_or_named_notation();
    if (call.schema_qualified_name_nontype() == null || arguments.size() != 3
        || !Names.builtIn(call.schema_qualified_name_nontype()).equals(SETS)) {
      return Optional.empty();
    }
    Optional<String> name = Strings.literal(arguments.get(0).getText());
    Optional<String> value = Strings.literal(arguments.get(1).getText());
    boolean local = !arguments.get(2).getText().equalsIgnoreCase("false");
    // a setting whose name is computed may be any: the search path is the one that matters most
    return Optional.of(new Operation.SetParameter(name.orElse("search_path"), value.orElse(""), local));
  }
}
