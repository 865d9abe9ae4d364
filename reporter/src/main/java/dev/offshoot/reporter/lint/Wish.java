package dev.offshoot.reporter.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.offshoot.reporter.lint.sql.Comment;

/**
 * A comment that wants a rule to be silent about the statement after it.
 *
 * @param rules as they are written
 * @param reason empty where none is given, so that nothing is silenced
 */
record Wish(int line, List<String> rules, Optional<String> reason) {
  private static final String OURS = "offshoot:allow";
  private static final String SQUAWKS = "squawk-ignore";
  private static final int LONGEST_REASON = 300;
  private static final int MOST_RULES = 20;

  static List<Wish> in(List<Comment> comments) {
    return comments.stream().flatMap(each -> in(each).stream()).toList();
  }

  private static Optional<Wish> in(Comment comment) {
    String text = content(comment.text());
    if (text.startsWith(OURS)) {
      String rest = text.substring(OURS.length());
      int colon = rest.indexOf(':');
      String reason = colon < 0 ? "" : rest.substring(colon + 1).strip();
      return Optional.of(new Wish(comment.line(), names(colon < 0 ? rest : rest.substring(0, colon)),
          Optional.of(reason).filter(some -> !some.isEmpty()).map(Wish::bounded)));
    } else if (text.startsWith(SQUAWKS)) {
      return Optional.of(new Wish(comment.line(), List.of(), Optional.empty()));
    }
    return Optional.empty();
  }

  private static String content(String comment) {
    boolean block = comment.startsWith("/*");
    return comment.substring(2, block ? comment.length() - 2 : comment.length()).strip();
  }

  private static List<String> names(String text) {
    return Arrays.stream(text.replace(',', ' ').strip().split("\\s+", -1)).filter(name -> !name.isEmpty())
        .limit(MOST_RULES).toList();
  }

  private static String bounded(String reason) {
    return reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
  }
}
