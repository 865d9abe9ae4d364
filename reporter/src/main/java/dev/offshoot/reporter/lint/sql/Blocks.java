package dev.offshoot.reporter.lint.sql;

import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/** Counts what is open in a statement: parentheses, brackets, and the body of a function written in SQL. */
final class Blocks {
  private int parentheses;
  private int cases;
  private int body;
  private int last;

  void see(int token) {
    switch (token) {
      case SQLLexer.LEFT_PAREN, SQLLexer.LEFT_BRACKET -> parentheses++;
      case SQLLexer.RIGHT_PAREN, SQLLexer.RIGHT_BRACKET -> parentheses = Math.max(0, parentheses - 1);
      case SQLLexer.ATOMIC -> body += last == SQLLexer.BEGIN ? 1 : 0;
      case SQLLexer.CASE -> cases++;
      case SQLLexer.END -> end();
      default -> { }
    }
    last = token;
  }

  private void end() {
    if (cases > 0) {
      cases--;
    } else if (body > 0) {
      body--;
    }
  }

  /** Whether a semicolon ends the statement here. */
  boolean closed() {
    return parentheses == 0 && body == 0;
  }

  int depth() {
    return parentheses + cases;
  }

  void reset() {
    parentheses = 0;
    cases = 0;
    body = 0;
    last = 0;
  }
}
