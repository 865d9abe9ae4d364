package dev.offshoot.reporter.lint.sql;

import java.util.List;

import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_additionalContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/** From the parser's tree of one statement to what it does. */
final class StatementReader {
  private static final List<Operation> NOTHING = List.of(new Operation.Other());

  private StatementReader() {}

  static List<Operation> read(StatementContext statement) {
    if (statement.data_statement() != null) {
      return DataReader.read(statement.data_statement());
    } else if (statement.schema_statement() != null) {
      return schema(statement.schema_statement());
    } else if (statement.script_statement().script_transaction() != null) {
      return List.of(SessionReader.transaction(statement.script_statement().script_transaction()));
    }
    return script(statement.script_statement().script_additional());
  }

  static List<Operation> schema(Schema_statementContext statement) {
    if (statement.schema_alter() != null) {
      return alter(statement.schema_alter());
    } else if (statement.schema_drop() != null) {
      return DropReader.drop(statement.schema_drop());
    }
    Schema_createContext create = statement.schema_create();
    if (create.CREATE() != null) {
      return CreateReader.create(create);
    } else if (create.set_statement() != null) {
      return List.of(SessionReader.set(create.set_statement().set_action()));
    }
    return NOTHING;
  }

  private static List<Operation> alter(Schema_alterContext statement) {
    if (statement.alter_table_statement() != null) {
      return TableReader.alter(statement.alter_table_statement());
    } else if (statement.alter_domain_statement() != null) {
      return domain(statement.alter_domain_statement());
    } else if (statement.alter_type_statement() != null) {
      return type(statement.alter_type_statement());
    }
    return NOTHING;
  }

  private static List<Operation> domain(Alter_domain_statementContext statement) {
    boolean notNull = statement.SET() != null && statement.NULL() != null;
    return notNull || statement.ADD() != null
        ? List.of(new Operation.ConstrainDomain(Names.table(statement.name), notNull)) : NOTHING;
  }

  private static List<Operation> type(Alter_type_statementContext statement) {
    return statement.new_enum_value == null ? NOTHING : List.of(new Operation.AddEnumValue(
        Names.table(statement.name), statement.existing_enum_value != null, statement.if_not_exists() != null));
  }

  private static List<Operation> script(Script_additionalContext statement) {
    if (statement.VACUUM() != null) {
      return MaintenanceReader.vacuum(statement);
    } else if (statement.DISCARD() != null && statement.ALL() != null) {
      return List.of(new Operation.OutsideTransactions("DISCARD ALL"));
    } else if (statement.explain_statement() != null) {
      return DataReader.read(statement.explain_statement());
    }
    return statement.additional_statement() == null ? NOTHING : additional(statement.additional_statement());
  }

  /** Without {@code DO}, which is read by {@link BlockReader}. */
  static List<Operation> additional(Additional_statementContext statement) {
    if (statement.truncate_stmt() != null) {
      boolean cascade = statement.truncate_stmt().cascade_restrict() != null
          && statement.truncate_stmt().cascade_restrict().CASCADE() != null;
      return List.of(new Operation.Truncate(Names.tables(
          statement.truncate_stmt().only_table_multiply().stream().map(each -> each.schema_qualified_name())), cascade));
    } else if (statement.cluster_stmt() != null) {
      return List.of(MaintenanceReader.cluster(statement.cluster_stmt()));
    } else if (statement.reindex_stmt() != null) {
      return MaintenanceReader.reindex(statement.reindex_stmt());
    } else if (statement.RESET() != null) {
      return SessionReader.reset(statement);
    } else if (statement.copy_statement() != null || statement.data_statement() != null) {
      return DataReader.read(statement);
    }
    return NOTHING;
  }
}
