package dev.offshoot.reporter.lint.sql;

import java.util.List;

/** A statement of a script. */
public sealed interface Statement {
  Source source();

  /**
   * Where it stands.
   *
   * @param line the line of its first word, counted from 1
   * @param excerpt its beginning, at most {@value #LONGEST} characters
   * @param before the comments between it and the statement before it
   */
  record Source(int line, String excerpt, List<Comment> before) {
    public static final int LONGEST = 500;

    public Source {
      before = List.copyOf(before);
    }
  }

  /** @param longNames names that PostgreSQL cuts, because they have more than 63 bytes */
  record Read(Source source, List<Step> steps, List<String> longNames) implements Statement {
    public Read {
      steps = List.copyOf(steps);
      longNames = List.copyOf(longNames);
    }
  }

  /** @param why for people */
  record Unread(Source source, String why) implements Statement {}

  /**
   * @param line that of the statement, or further down inside a {@code DO} block
   * @param certain whether it is done whenever the statement is; in a {@code DO} block it may depend
   */
  record Step(int line, Operation operation, boolean certain) {}
}
