package dev.offshoot.reporter.lint.sql;

import java.util.List;
import java.util.Locale;

import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_transactionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Session_local_optionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Set_actionContext;

/** Transactions and settings. */
final class SessionReader {
  private SessionReader() {}

  static Operation transaction(Script_transactionContext statement) {
    if (statement.lock_table() != null) {
      return new Operation.LockTables(Names.tables(
          statement.lock_table().only_table_multiply().stream().map(each -> each.schema_qualified_name())));
    } else if (statement.START() != null || statement.BEGIN() != null) {
      return new Operation.Begin();
    }
    boolean back = statement.ROLLBACK() != null || statement.ABORT() != null;
    if (statement.identifier() != null) {
      return back ? new Operation.RollBackTo() : new Operation.Other();
    } else if (statement.PREPARED() != null) {
      return new Operation.Other();
    }
    return new Operation.End(!back, statement.CHAIN() != null && statement.NO() == null);
  }

  static Operation set(Set_actionContext action) {
    Session_local_optionContext option = action.session_local_option();
    if (option == null || option.config_param == null) {
      return new Operation.Other();
    }
    String scope = option.config_scope == null ? "" : Names.of(option.config_scope) + ".";
    return new Operation.SetParameter(scope + Names.of(option.config_param), value(option), action.LOCAL() != null);
  }

  private static String value(Session_local_optionContext option) {
    if (option.set_statement_value() == null || option.set_statement_value().DEFAULT() != null) {
      return "";
    }
    String value = option.set_statement_value().getText();
    return Strings.literal(value).orElse(value).toLowerCase(Locale.ROOT);
  }

  static List<Operation> reset(Additional_statementContext statement) {
    if (statement.ALL() != null) {
      return List.of(new Operation.SetParameter("lock_timeout", "", false),
          new Operation.SetParameter("statement_timeout", "", false),
          new Operation.SetParameter("search_path", "", false));
    }
    return statement.identifier().isEmpty() ? List.of(new Operation.Other()) : List.of(
        new Operation.SetParameter(Names.of(statement.identifier().getLast()), "", false));
  }
}
