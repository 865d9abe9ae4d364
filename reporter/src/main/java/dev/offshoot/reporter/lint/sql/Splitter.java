package dev.offshoot.reporter.lint.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/**
 * Cuts a script where PostgreSQL would: at semicolons outside of strings, comments, parentheses and bodies of functions
 * that are written in SQL ({@code BEGIN ATOMIC}). The data below a {@code COPY … FROM STDIN} is passed over.
 */
final class Splitter {
  /** Some 1.2 MB of SQL; each token costs about 100 bytes while its statement is read, its tree more. */
  static final int MOST_TOKENS = 500_000;
  static final int DEEPEST = 200;
  private static final int LONGEST_COMMENT = 1_000;

  private final PostgresLexer lexer;
  private final List<Piece> pieces = new ArrayList<>();
  private final Blocks blocks = new Blocks();
  private List<Token> current = new ArrayList<>();
  private List<Comment> comments = new ArrayList<>();
  private int seen;
  private int deepest;

  Splitter(String text) {
    this.lexer = new PostgresLexer(text);
  }

  /** @param tail the comments after the last statement */
  record Pieces(List<Piece> pieces, List<Comment> tail) {}

  Pieces split() {
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      if (token.getChannel() != Token.DEFAULT_CHANNEL) {
        comment(token);
      } else if (current.isEmpty() && token.getText().equals("\\")) {
        metaCommand(token);
      } else if (token.getType() == SQLLexer.SEMI_COLON && blocks.closed()) {
        finish();
      } else if (!current.isEmpty() || token.getType() != SQLLexer.BOM) {
        take(token);
      }
    }
    finish();
    return new Pieces(pieces, comments);
  }

  private void comment(Token token) {
    boolean comment = token.getType() == SQLLexer.LineComment || token.getType() == SQLLexer.BlockComment;
    if (comment && current.isEmpty()) {
      comments.add(new Comment(token.getLine(), lexer.text(token, token, LONGEST_COMMENT)));
    }
  }

  private void take(Token token) {
    seen++;
    blocks.see(token.getType());
    deepest = Math.max(deepest, blocks.depth());
    if (current.size() < MOST_TOKENS) {
      current.add(token);
    } else {
      current.set(MOST_TOKENS - 1, token);
    }
  }

  private void finish() {
    if (current.isEmpty()) {
      return;
    }
    Token first = current.getFirst();
    Optional<String> problem = Optional.empty();
    if (seen > MOST_TOKENS) {
      problem = Optional.of("it has more than " + MOST_TOKENS + " words and signs");
    } else if (deepest > DEEPEST) {
      problem = Optional.of("it is nested more than " + DEEPEST + " levels deep");
    }
    boolean data = readsData();
    String excerpt = lexer.text(first, current.getLast(), Statement.Source.LONGEST);
    pieces.add(new Piece(new Statement.Source(first.getLine(), excerpt, comments), current, problem));
    reset();
    if (data) {
      skipData();
    }
  }

  /** What psql itself would do; nobody else understands it. It ends with its line, not with a semicolon. */
  private void metaCommand(Token token) {
    String rest = lexer.restOfLine();
    String text = token.getText() + rest.substring(0, Math.min(rest.length(), Statement.Source.LONGEST - 1));
    pieces.add(new Piece(new Statement.Source(token.getLine(), text.strip(), comments), List.of(),
        Optional.of("it is a command of psql, which Flyway does not run")));
    reset();
  }

  private void reset() {
    current = new ArrayList<>();
    comments = new ArrayList<>();
    blocks.reset();
    seen = 0;
    deepest = 0;
  }

  private boolean readsData() {
    if (current.getFirst().getType() != SQLLexer.COPY) {
      return false;
    }
    for (int i = 1; i < current.size(); i++) {
      if (current.get(i).getType() == SQLLexer.STDIN && current.get(i - 1).getType() == SQLLexer.FROM) {
        return true;
      }
    }
    return false;
  }

  private void skipData() {
    String line = lexer.restOfLine();
    while (!lexer.atEnd() && !line.strip().equals("\\.")) {
      line = lexer.restOfLine();
    }
  }
}
