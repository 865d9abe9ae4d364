package dev.offshoot.config;

import dev.offshoot.environment.GitRef;

/**
 * A pattern of branch names. {@code *} stands for any run of characters without a slash, {@code **} for any run at all, {@code ?} for one
 * character that is no slash; every other character stands for itself, and case counts. A pattern means the whole short name:
 * {@code feature/*} is {@code feature/x}, but neither {@code feature/x/y} nor {@code my/feature/x}.
 *
 * <p>Names are whatever a stranger pushed: the time to compare is bounded by the product of both lengths, whatever they are.
 *
 * @param text 1 to 200 characters, none of them a control character
 */
public record BranchPattern(String text) {
  static final String GRAMMAR =
      "is no pattern of branch names; write 1 to 200 characters such as feature/* (one level) or feature/** (all below)";
  private static final int MAX_LENGTH = 200;
  private static final int ANY = -1;
  private static final int ANY_BUT_SLASH = -2;
  private static final int ONE_BUT_SLASH = -3;

  public BranchPattern {
    if (!accepts(text)) {
      throw new IllegalArgumentException("A branch pattern " + GRAMMAR);
    }
  }

  static boolean accepts(String text) {
    return !text.isBlank() && text.length() <= MAX_LENGTH && text.codePoints().noneMatch(Character::isISOControl);
  }

  public boolean matches(GitRef ref) {
    int[] tokens = tokens();
    // reached[i]: the first i tokens can stand for what was read of the name so far
    boolean[] reached = new boolean[tokens.length + 1];
    reached[0] = true;
    skipRuns(reached, tokens);
    for (int character : ref.branch().codePoints().toArray()) {
      boolean[] next = new boolean[reached.length];
      for (int i = 0; i < tokens.length; i++) {
        if (reached[i] && stands(tokens[i], character)) {
          next[isRun(tokens[i]) ? i : i + 1] = true;
        }
      }
      skipRuns(next, tokens);
      reached = next;
    }
    return reached[tokens.length];
  }

  /** A run may be empty. */
  private static void skipRuns(boolean[] reached, int[] tokens) {
    for (int i = 0; i < tokens.length; i++) {
      reached[i + 1] |= reached[i] && isRun(tokens[i]);
    }
  }

  private static boolean isRun(int token) {
    return token == ANY || token == ANY_BUT_SLASH;
  }

  private static boolean stands(int token, int character) {
    return switch (token) {
      case ANY -> true;
      case ANY_BUT_SLASH, ONE_BUT_SLASH -> character != '/';
      default -> token == character;
    };
  }

  private int[] tokens() {
    return text.replaceAll("\\*{3,}", "**").replace("**", "\0").codePoints()
        .map(c -> c == 0 ? ANY : c == '*' ? ANY_BUT_SLASH : c == '?' ? ONE_BUT_SLASH : c).toArray();
  }

  @Override
  public String toString() {
    return text;
  }
}
