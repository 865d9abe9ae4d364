package dev.offshoot.reporter.lint.sql;

import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.misc.Pair;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/**
 * pgCodeKeeper's scanner, made safe in three places (PostgreSQL's manual, "Lexical Structure").
 *
 * <ul>
 * <li>It takes a backslash in {@code E'…'} for a letter like any other; PostgreSQL takes it for an escape. A branch could
 * hide a statement in what looks like a string: {@code E'\''; DROP TABLE t; --'}.
 * <li>Its rule for nested comments needs memory without bound for some thousand of them.
 * <li>It looks at a run of operator characters again for each of them; PostgreSQL has no operator of more than 63.
 * </ul>
 */
final class PostgresLexer extends SQLLexer {
  private static final String OPERATORS = "+-*/<>=~!@#%^&|`?";
  private static final int LONGEST_OPERATOR = 63;

  PostgresLexer(String text) {
    super(CharStreams.fromString(text));
    removeErrorListeners();
  }

  @Override
  public Token nextToken() {
    int start = _input.index();
    if (_mode == DEFAULT_MODE && at(start) == '/' && at(start + 1) == '*') {
      return comment(start);
    }
    int operator = _mode == DEFAULT_MODE ? operatorCharacters(start) : 0;
    _input.seek(start);
    return operator > LONGEST_OPERATOR ? made(BAD, DEFAULT_TOKEN_CHANNEL, start, start + operator - 1) : scanned();
  }

  private Token comment(int start) {
    int at = start + 2;
    int depth = 1;
    while (depth > 0 && at(at) != IntStream.EOF) {
      boolean opens = at(at) == '/' && at(at + 1) == '*';
      boolean closes = at(at) == '*' && at(at + 1) == '/';
      depth += opens ? 1 : closes ? -1 : 0;
      at += opens || closes ? 2 : 1;
    }
    return depth == 0 ? made(BlockComment, HIDDEN, start, at - 1) : made(BAD, DEFAULT_TOKEN_CHANNEL, start, at - 1);
  }

  private int operatorCharacters(int start) {
    int at = start;
    while (at(at) != IntStream.EOF && OPERATORS.indexOf(at(at)) >= 0
        && !(at(at) == '-' && at(at + 1) == '-') && !(at(at) == '/' && at(at + 1) == '*')) {
      at++;
    }
    return at - start;
  }

  private Token made(int type, int channel, int start, int stop) {
    CommonToken token = new CommonToken(new Pair<>(this, _input), type, channel, start, stop);
    token.setLine(getLine());
    goOn(stop + 1, getLine() + lines(_input.getText(Interval.of(start, stop))));
    return token;
  }

  private Token scanned() {
    Token token = super.nextToken();
    return token.getType() == StringConstant && escaped(token.getText()) ? reread(token) : token;
  }

  private static boolean escaped(String text) {
    return (text.charAt(0) == 'E' || text.charAt(0) == 'e') && text.indexOf('\\') >= 0;
  }

  private Token reread(Token token) {
    int end = endOfString(token.getStartIndex() + 2);
    if (end == token.getStopIndex()) {
      return token;
    }
    String text = _input.getText(Interval.of(token.getStartIndex(), end));
    CommonToken right = new CommonToken(token);
    right.setStopIndex(end);
    right.setText(text);
    goOn(end + 1, token.getLine() + lines(text));
    return right;
  }

  /** The index of the closing quote, or of the last character where there is none. */
  private int endOfString(int from) {
    int at = from;
    while (true) {
      int here = at(at);
      if (here == IntStream.EOF) {
        return at - 1;
      } else if (here == '\\') {
        at += at(at + 1) == IntStream.EOF ? 1 : 2;
      } else if (here != '\'') {
        at++;
      } else if (at(at + 1) == '\'') {
        at += 2;
      } else {
        return at;
      }
    }
  }

  private int at(int index) {
    if (index >= _input.size()) {
      return IntStream.EOF;
    }
    _input.seek(index);
    return _input.LA(1);
  }

  /** Passes over the rest of a line: what psql or the COPY protocol reads. Returns it. */
  String restOfLine() {
    int start = _input.index();
    int line = getLine();
    int end = start;
    while (at(end) != '\n' && at(end) != IntStream.EOF) {
      end++;
    }
    String rest = end > start ? _input.getText(Interval.of(start, end - 1)) : "";
    boolean last = at(end) == IntStream.EOF;
    goOn(last ? end : end + 1, last ? line : line + 1);
    return rest;
  }

  boolean atEnd() {
    return _input.index() >= _input.size();
  }

  String text(Token first, Token last, int most) {
    int end = Math.min(last.getStopIndex(), first.getStartIndex() + most - 1);
    return _input.getText(Interval.of(first.getStartIndex(), end));
  }

  private void goOn(int index, int line) {
    _input.seek(index);
    _hitEOF = false;
    setLine(line);
    setCharPositionInLine(0);
  }

  private static int lines(String text) {
    return (int) text.chars().filter(each -> each == '\n').count();
  }
}
