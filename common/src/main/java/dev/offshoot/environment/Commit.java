package dev.offshoot.environment;

import java.util.regex.Pattern;

/**
 * The object id of a git commit.
 *
 * @param id 40 (SHA-1) or 64 (SHA-256) lower-case hex digits, not all zero: git hosts write zeros for "no commit"
 */
public record Commit(String id) {
  private static final Pattern GRAMMAR = Pattern.compile("(?!0+$)(?:[0-9a-f]{40}|[0-9a-f]{64})");

  public Commit {
    if (!isCommit(id)) {
      throw new IllegalArgumentException("A commit is 40 or 64 hex digits, not all zero");
    }
  }

  /** Whether the text names a commit; false for the zeros that stand for "none". */
  public static boolean isCommit(String text) {
    return GRAMMAR.matcher(text).matches();
  }

  /** The first ten digits, for people. */
  public String brief() {
    return id.substring(0, 10);
  }

  @Override
  public String toString() {
    return id;
  }
}
