package dev.offshoot.reporter.lint.sql;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Column_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_as_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Define_columnsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_defContext;

/** {@code CREATE TABLE} and {@code ALTER TABLE}. */
final class TableReader {
  private static final String TEMPORARY = "pg_temp";

  private TableReader() {}

  static Operation create(Create_table_statementContext statement) {
    boolean temporary = statement.TEMP() != null || statement.TEMPORARY() != null;
    Define_columnsContext columns = statement.define_table().define_columns();
    List<Column> declared = columns == null ? List.of() : columns.table_column_def().stream()
        .map(Table_column_defContext::table_column_definition)
        .filter(Objects::nonNull)
        .map(ConstraintReader::column).toList();
    return new Operation.CreateTable(
        created(Names.table(statement.name), temporary), declared, statement.if_not_exists() != null);
  }

  static Operation create(Create_table_as_statementContext statement) {
    boolean temporary = statement.TEMP() != null || statement.TEMPORARY() != null;
    return new Operation.CreateTable(
        created(Names.table(statement.name), temporary), List.of(), statement.if_not_exists() != null);
  }

  private static TableName created(TableName name, boolean temporary) {
    return temporary ? new TableName(Optional.of(TEMPORARY), name.name()) : name;
  }

  static List<Operation> alter(Alter_table_statementContext statement) {
    TableName table = Names.table(statement.name);
    if (!statement.table_action().isEmpty()) {
      return statement.table_action().stream().map(action -> action(table, action)).toList();
    } else if (statement.rename_to() != null) {
      return List.of(new Operation.RenameTable(table, Names.of(statement.rename_to().name)));
    } else if (statement.RENAME() != null && statement.CONSTRAINT() == null) {
      return List.of(new Operation.RenameColumn(table, Names.of(statement.identifier(0))));
    } else if (statement.set_schema() != null) {
      return List.of(new Operation.MoveTable(table));
    } else if (statement.alter_partition() != null && statement.alter_partition().DETACH() != null) {
      boolean gentle = statement.alter_partition().CONCURRENTLY() != null;
      // the end of a concurrent one, which has waited already
      return List.of(statement.alter_partition().FINALIZE() != null
          ? new Operation.Other() : new Operation.DetachPartition(table, gentle));
    }
    return List.of(new Operation.OtherTableChange(table));
  }

  private static Operation action(TableName table, Table_actionContext action) {
    if (action.table_column_definition() != null) {
      return new Operation.AddColumn(
          table, ConstraintReader.column(action.table_column_definition()), action.if_not_exists() != null);
    } else if (action.tabl_constraint != null) {
      return new Operation.AddConstraint(table, ConstraintReader.constraint(action.tabl_constraint));
    } else if (action.column_action() != null) {
      return column(table, Names.of(action.column), action.column_action());
    } else if (action.drop_constraint() != null) {
      return new Operation.DropConstraint(table, Names.of(action.drop_constraint().constraint_name),
          action.drop_constraint().if_exists() != null);
    } else if (action.validate_constraint() != null) {
      return new Operation.ValidateConstraint(
          table, Names.table(action.validate_constraint().constraint_name).name());
    } else if (action.DROP() != null && action.column != null) {
      return new Operation.DropColumn(table, Names.of(action.column), action.if_exists() != null);
    }
    boolean anew = action.set_logged() != null || action.set_tablespace() != null
        || (action.ACCESS() != null && action.METHOD() != null);
    return anew ? new Operation.RewriteTable(table) : new Operation.OtherTableChange(table);
  }

  private static Operation column(TableName table, String column, Column_actionContext action) {
    if (action.data_type() != null) {
      return new Operation.ChangeType(table, column, Types.of(action.data_type()));
    } else if (action.NULL() != null) {
      return action.set != null
          ? new Operation.SetNotNull(table, column) : new Operation.DropNotNull(table, column);
    }
    // DROP EXPRESSION leaves the values as they are
    return action.expression != null ? new Operation.RewriteTable(table) : new Operation.OtherTableChange(table);
  }
}
