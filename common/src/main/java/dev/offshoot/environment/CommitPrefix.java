package dev.offshoot.environment;

import java.util.regex.Pattern;

/**
 * The object id of a git commit as far as somebody wrote it: whole, or its first digits. Twelve of them, which is all that Bitbucket
 * Cloud says of a change's commits, tell one tip of a branch from another.
 *
 * @param digits 12 to 64 lower-case hex digits, not all zero
 */
public record CommitPrefix(String digits) {
  private static final Pattern GRAMMAR = Pattern.compile("(?!0+$)[0-9a-f]{12,64}");

  public CommitPrefix {
    if (!isPrefix(digits)) {
      throw new IllegalArgumentException("The beginning of a commit is 12 to 64 hex digits, not all zero");
    }
  }

  public static boolean isPrefix(String text) {
    return GRAMMAR.matcher(text).matches();
  }

  public static CommitPrefix of(Commit commit) {
    return new CommitPrefix(commit.id());
  }

  /** Whether the commit begins so. */
  public boolean fits(Commit commit) {
    return commit.id().startsWith(digits);
  }

  /** The first ten digits, for people. */
  public String brief() {
    return digits.substring(0, 10);
  }

  @Override
  public String toString() {
    return digits;
  }
}
