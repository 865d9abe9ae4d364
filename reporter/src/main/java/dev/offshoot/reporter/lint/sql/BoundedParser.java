package dev.offshoot.reporter.lint.sql;

import java.util.List;
import java.util.function.Function;

import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/**
 * Parses tokens with work that is bounded by their number, whatever the grammar makes of them: ANTLR looks ahead as far
 * as it must, and each look is counted. First the fast way (SLL), which some right statements fail, then the full one.
 */
final class BoundedParser {
  /** The plainest SQL needs two or three looks for each token. */
  private static final long LOOKS_PER_TOKEN = 20;
  private static final long LOOKS = 300_000;

  private BoundedParser() {}

  /** A text that could not be parsed; the message says why, for people. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    Refused(String why) {
      super(why);
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  /** @param rule the rule of the grammar that all of the tokens must match */
  static <T extends ParserRuleContext> T parse(List<Token> tokens, Function<SQLParser, T> rule) throws Refused {
    try {
      return parse(tokens, rule, PredictionMode.SLL);
    } catch (ParseCancellationException _) {
      return fully(tokens, rule);
    } catch (StackOverflowError _) {
      throw new Refused("it is nested too deeply");
    }
  }

  private static <T extends ParserRuleContext> T fully(List<Token> tokens, Function<SQLParser, T> rule) throws Refused {
    try {
      return parse(tokens, rule, PredictionMode.LL);
    } catch (ParseCancellationException e) {
      throw new Refused(e.getCause() instanceof RecognitionException where ? place(where) : "it is too complicated");
    } catch (StackOverflowError _) {
      throw new Refused("it is nested too deeply");
    }
  }

  private static <T extends ParserRuleContext> T parse(
      List<Token> tokens, Function<SQLParser, T> rule, PredictionMode mode) {
    SQLParser parser = new SQLParser(new CountedTokens(tokens));
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser.getInterpreter().setPredictionMode(mode);
    parser.addParseListener(new RowsForgotten());
    return rule.apply(parser);
  }

  private static String place(RecognitionException where) {
    Token token = where.getOffendingToken();
    if (token == null || token.getType() == Token.EOF) {
      return "it ends too early";
    }
    String text = token.getText();
    return "line " + token.getLine() + ": '" + text.substring(0, Math.min(text.length(), 40)) + "' is not expected there";
  }

  /** Counts how often the parser looks ahead. */
  private static final class CountedTokens extends CommonTokenStream {
    private long left;

    CountedTokens(List<Token> tokens) {
      super(new ListTokenSource(tokens));
      this.left = LOOKS + LOOKS_PER_TOKEN * tokens.size();
    }

    @Override
    public int LA(int ahead) {
      if (left-- <= 0) {
        throw new ParseCancellationException();
      }
      return super.LA(ahead);
    }
  }

  /** A megabyte of rows is legitimate; no rule asks about a single value. */
  private static final class RowsForgotten implements ParseTreeListener {
    @Override
    public void exitEveryRule(ParserRuleContext context) {
      if (context instanceof SQLParser.Values_valuesContext) {
        context.children.clear();
      }
    }

    @Override
    public void enterEveryRule(ParserRuleContext context) {}

    @Override
    public void visitTerminal(TerminalNode node) {}

    @Override
    public void visitErrorNode(ErrorNode node) {}
  }
}
