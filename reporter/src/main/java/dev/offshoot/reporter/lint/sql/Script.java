package dev.offshoot.reporter.lint.sql;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

import dev.offshoot.reporter.lint.sql.Statement.Step;

/**
 * A script, read.
 *
 * @param tail the comments after the last statement
 */
public record Script(List<Statement> statements, List<Comment> tail) {
  /** NAMEDATALEN less its closing zero. */
  private static final int LONGEST_NAME = 63;

  public Script {
    statements = List.copyOf(statements);
    tail = List.copyOf(tail);
  }

  /** Never throws for what the text holds. */
  public static Script read(String text) {
    Splitter.Pieces pieces = new Splitter(text).split();
    return new Script(pieces.pieces().stream().map(Script::statement).toList(), pieces.tail());
  }

  private static Statement statement(Piece piece) {
    if (piece.problem().isPresent()) {
      return new Statement.Unread(piece.source(), piece.problem().get());
    }
    try {
      StatementContext tree = BoundedParser.parse(piece.tokens(), SQLParser::sql).statement(0);
      return new Statement.Read(piece.source(), steps(piece.source().line(), tree), longNames(piece.tokens()));
    } catch (BoundedParser.Refused e) {
      return new Statement.Unread(piece.source(), e.getMessage());
    }
  }

  private static List<Step> steps(int line, StatementContext tree) {
    boolean block = tree.script_statement() != null && tree.script_statement().script_additional() != null
        && tree.script_statement().script_additional().additional_statement() != null
        && tree.script_statement().script_additional().additional_statement().anonymous_block() != null;
    return block
        ? BlockReader.read(tree.script_statement().script_additional().additional_statement().anonymous_block())
        : StatementReader.read(tree).stream().map(each -> new Step(line, each, true)).toList();
  }

  private static List<String> longNames(List<Token> tokens) {
    return tokens.stream().filter(Names::isName).map(Token::getText)
        .filter(name -> name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME)
        .distinct().toList();
  }
}
