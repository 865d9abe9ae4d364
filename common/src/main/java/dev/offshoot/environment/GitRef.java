package dev.offshoot.environment;

/**
 * A full ref name of git, for example {@code refs/heads/feature/x}. Its text is whatever a stranger pushed: show it escaped, never
 * build a name, a query or a path from it ({@link EnvironmentId} does that safely).
 *
 * @param name the full name, at most 1,024 characters
 */
public record GitRef(String name) {
  public static final int MAX_LENGTH = 1024;
  private static final String BRANCHES = "refs/heads/";
  private static final String TAGS = "refs/tags/";

  public GitRef {
    if (!name.startsWith("refs/") || name.length() <= "refs/".length()) {
      throw new IllegalArgumentException("A ref's full name starts with refs/");
    }
    if (name.length() > MAX_LENGTH || name.codePoints().anyMatch(GitRef::isUnfit)) {
      throw new IllegalArgumentException(
          "A ref's name has at most 1024 characters, no control characters and no half of a character pair");
    }
  }

  /** Half a pair has no UTF-8: written as '?', two refs would get one environment. */
  private static boolean isUnfit(int codePoint) {
    return codePoint < ' ' || codePoint == 0x7f || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  /** The ref of a branch, from its short name. */
  public static GitRef ofBranch(String branch) {
    return new GitRef(BRANCHES + branch);
  }

  public boolean isBranch() {
    return name.startsWith(BRANCHES) && name.length() > BRANCHES.length();
  }

  public boolean isTag() {
    return name.startsWith(TAGS);
  }

  /** The short name: {@code feature/x} of {@code refs/heads/feature/x}. */
  public String branch() {
    return isBranch() ? name.substring(BRANCHES.length()) : name;
  }

  @Override
  public String toString() {
    return name;
  }
}
