package dev.offshoot.environment;

import java.util.regex.Pattern;

/**
 * The key of a repository in the configuration, and so the name of its webhook ({@code POST /webhooks/{key}}). It is the repository's
 * identity: renaming it gives every branch a new environment.
 *
 * @param value 1 to 40 of {@code a-z 0-9 -}, starting with a letter or digit
 */
public record RepositoryKey(String value) {
  private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public RepositoryKey {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A repository's key is 1 to 40 of a-z, 0-9 and '-', starting with a letter or digit: '" + value + "' is not");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
