package dev.offshoot.reporter.lint.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Anonymous_blockContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Execute_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Lock_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SconstContext;

import dev.offshoot.reporter.lint.sql.Statement.Step;

/**
 * The inside of a {@code DO} block in PL/pgSQL: every statement in it, whether or not its branch would be taken.
 */
final class BlockReader {
  private static final String KNOWN = "plpgsql";

  private BlockReader() {}

  static List<Step> read(Anonymous_blockContext block) {
    int line = block.getStart().getLine();
    SconstContext body = body(block);
    if (!language(block, body).equals(KNOWN)) {
      return List.of(new Step(line, new Operation.Opaque("it is in another language than PL/pgSQL"), false));
    }
    Optional<String> text = Strings.content(body);
    if (text.isEmpty()) {
      return List.of(new Step(line, new Operation.Opaque("its body is a string with escapes"), false));
    }
    int offset = body.getStart().getLine() - 1;
    List<Token> tokens = tokens(text.get());
    try {
      if (tokens.size() > Splitter.MOST_TOKENS) {
        return List.of(new Step(line, new Operation.Opaque("its body is too long"), false));
      }
      return steps(BoundedParser.parse(tokens, SQLParser::plpgsql_function), offset);
    } catch (BoundedParser.Refused e) {
      return List.of(new Step(line, new Operation.Opaque("in its body, counted from there, " + e.why()), false));
    }
  }

  private static SconstContext body(Anonymous_blockContext block) {
    boolean languageFirst = !(block.getChild(1) instanceof SconstContext);
    return languageFirst ? block.sconst().getLast() : block.sconst(0);
  }

  private static String language(Anonymous_blockContext block, SconstContext body) {
    if (block.LANGUAGE() == null) {
      return KNOWN;
    }
    return Optional.ofNullable(block.identifier()).map(Names::of)
        .or(() -> block.sconst().stream().filter(each -> !each.getSourceInterval().equals(body.getSourceInterval())).findFirst().flatMap(Strings::content))
        .orElse("").toLowerCase(Locale.ROOT);
  }

  private static List<Token> tokens(String body) {
    PostgresLexer lexer = new PostgresLexer(body);
    List<Token> tokens = new ArrayList<>();
    for (Token next = lexer.nextToken(); next.getType() != Token.EOF && tokens.size() <= Splitter.MOST_TOKENS;
        next = lexer.nextToken()) {
      if (next.getChannel() == Token.DEFAULT_CHANNEL) {
        tokens.add(next);
      }
    }
    return tokens;
  }

  private static List<Step> steps(ParserRuleContext body, int offset) {
    return Trees.topmost(body, BlockReader::counts, false).stream()
        .flatMap(node -> operations(node).map(each ->
            new Step(offset + ((ParserRuleContext) node).getStart().getLine(), each, false)))
        .toList();
  }

  private static boolean counts(ParseTree node) {
    return node instanceof Schema_statementContext || node instanceof Data_statementContext
        || node instanceof Additional_statementContext || node instanceof Execute_stmtContext
        || node instanceof Lock_tableContext;
  }

  private static Stream<Operation> operations(ParseTree node) {
    return switch (node) {
      case Schema_statementContext schema -> StatementReader.schema(schema).stream();
      case Data_statementContext data -> DataReader.read(data).stream();
      case Additional_statementContext inner when inner.anonymous_block() != null ->
        Stream.of(new Operation.Opaque("it has a DO block in it"));
      case Additional_statementContext additional -> StatementReader.additional(additional).stream();
      case Lock_tableContext lock -> Stream.of(new Operation.LockTables(
          Names.tables(lock.only_table_multiply().stream().map(each -> each.schema_qualified_name()))));
      default -> Stream.of(new Operation.Dynamic());
    };
  }
}
