package dev.offshoot.reporter.lint.sql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.If_not_existsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;

/** {@code CREATE}. */
final class CreateReader {
  private CreateReader() {}

  static List<Operation> create(Schema_createContext statement) {
    ParseTree which = statement.getChild(1);
    if (statement.create_table_statement() != null) {
      return List.of(TableReader.create(statement.create_table_statement()));
    } else if (statement.create_table_as_statement() != null) {
      return Stream.concat(Stream.of(TableReader.create(statement.create_table_as_statement())),
          DataReader.read(statement.create_table_as_statement()).stream()).toList();
    } else if (statement.create_index_statement() != null) {
      return List.of(index(statement.create_index_statement()));
    } else if (statement.create_view_statement() != null) {
      return List.of(view(statement.create_view_statement()));
    } else if (statement.create_domain_statement() != null) {
      return List.of(domain(statement.create_domain_statement()));
    } else if (statement.create_database_statement() != null) {
      return List.of(new Operation.OutsideTransactions("CREATE DATABASE"));
    } else if (statement.create_tablespace_statement() != null) {
      return List.of(new Operation.OutsideTransactions("CREATE TABLESPACE"));
    } else if (statement.create_subscription_statement() != null) {
      return List.of(new Operation.OutsideTransactions("CREATE SUBSCRIPTION"));
    }
    boolean guarded = !Trees.find(which, If_not_existsContext.class).isEmpty() || replaces(which);
    return List.of(new Operation.CreateOther("", guarded));
  }

  private static boolean replaces(ParseTree create) {
    return create.getChildCount() > 1 && create.getChild(0).getPayload() instanceof Token first
        && first.getType() == SQLLexer.OR;
  }

  private static Operation index(Create_index_statementContext index) {
    return new Operation.CreateIndex(Names.table(index.table_name),
        Optional.ofNullable(index.name).map(Names::of), index.CONCURRENTLY() != null, index.ONLY() != null,
        index.if_not_exists() != null);
  }

  private static Operation view(Create_view_statementContext view) {
    List<String> columns = view.column_names == null
        ? List.of() : view.column_names.identifier().stream().map(Names::of).toList();
    return new Operation.CreateView(
        Names.table(view.name), columns, view.REPLACE() != null || view.if_not_exists() != null);
  }

  private static Operation domain(Create_domain_statementContext domain) {
    boolean constrained = domain.domain_constraint().stream()
        .anyMatch(each -> each.CHECK() != null || each.NOT() != null);
    return new Operation.CreateDomain(Names.table(domain.name), constrained);
  }
}
