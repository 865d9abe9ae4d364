package dev.offshoot.reporter.lint.sql;

import java.util.Optional;

import org.antlr.v4.runtime.tree.TerminalNode;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SconstContext;

/** String constants. */
final class Strings {
  private Strings() {}

  /** What a plain string constant says; empty for any other expression. */
  static Optional<String> literal(String sql) {
    if (sql.length() < 2 || !sql.startsWith("'") || !sql.endsWith("'")) {
      return Optional.empty();
    }
    String inner = sql.substring(1, sql.length() - 1);
    // 'a' || 'b' begins and ends with a quote too
    boolean one = inner.replace("''", "").indexOf('\'') < 0;
    return one ? Optional.of(inner.replace("''", "'")) : Optional.empty();
  }

  /** The same for all forms but those with escapes. */
  static Optional<String> content(SconstContext constant) {
    if (constant.BeginDollarStringConstant() != null) {
      StringBuilder text = new StringBuilder();
      constant.Text_between_Dollar().stream().map(TerminalNode::getText).forEach(text::append);
      return Optional.of(text.toString());
    }
    return constant.StringConstant() == null ? Optional.empty() : literal(constant.StringConstant().getText());
  }
}
