package dev.offshoot.config;

import java.util.regex.Pattern;

/**
 * What commits are fetched from: {@code https://…}, {@code ssh://…}, {@code user@host:path}, {@code file:///…} or an
 * absolute path. {@code http} and {@code git} have no way to tell that the answer is the server's.
 *
 * @param text as it is configured, which may hold a password or a token
 */
public record RepositoryUrl(String text) {
  static final String GRAMMAR = "is not an address to fetch from; write https://…, ssh://…, git@host:path, file:///…"
      + " or a path with /, ./ or ../ first (http:// and git:// prove nothing of who answers)";
  /** One '@' at most, after a name: what JGit reads otherwise, it reads as a part of the host. */
  private static final String AUTHORITY =
      "(?:[^\\s/@:]+(?::[^\\s/@]*)?@)?(?:[^\\s/@:\\[\\]]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?";
  private static final Pattern ACCEPTED = Pattern.compile("(?:https|ssh)://" + AUTHORITY + "/\\S+"
      + "|file:///[^\\p{Cntrl}]+|[^\\s:/@]+@[^\\s:/@]+:(?!:)\\S+|/[^\\p{Cntrl}]+");
  /** Up to the last '@': a password with a '/' in it is no reason to show it. */
  private static final Pattern USERINFO = Pattern.compile("^([A-Za-z]+://)\\S*@");

  /** @throws IllegalArgumentException with a message that does not show it */
  public RepositoryUrl {
    if (!accepts(text)) {
      throw new IllegalArgumentException("A repository's url " + GRAMMAR);
    }
  }

  static boolean accepts(String text) {
    return ACCEPTED.matcher(text).matches();
  }

  /** For eyes and logs. */
  static String masked(String text, String mask) {
    return USERINFO.matcher(text).replaceAll("$1" + mask);
  }

  /** Without user, password and token. */
  @Override
  public String toString() {
    return masked(text, "");
  }
}
