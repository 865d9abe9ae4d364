package dev.offshoot.reporter.lint.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

import org.antlr.v4.runtime.tree.ParseTree;

/** Walks parse trees without recursion: a sum of a hundred thousand numbers is as deep as it is long. */
final class Trees {
  private Trees() {}

  static <T extends ParseTree> List<T> find(ParseTree root, Class<T> kind) {
    return topmost(root, kind::isInstance, true).stream().map(kind::cast).toList();
  }

  /**
   * In the order of the text.
   *
   * @param inside whether to look into what was found too
   */
  static List<ParseTree> topmost(ParseTree root, Predicate<ParseTree> wanted, boolean inside) {
    List<ParseTree> found = new ArrayList<>();
    Deque<ParseTree> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      ParseTree next = open.pop();
      boolean hit = wanted.test(next);
      if (hit) {
        found.add(next);
      }
      if (!hit || inside) {
        for (int i = next.getChildCount() - 1; i >= 0; i--) {
          open.push(next.getChild(i));
        }
      }
    }
    return found;
  }
}
