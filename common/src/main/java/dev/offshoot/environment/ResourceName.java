package dev.offshoot.environment;

import java.util.regex.Pattern;

/**
 * The name of one incarnation's resource in every store: {@code shop_new_cool_page_k3v7q2x4ma_i2}. Deterministic, so that an effect
 * killed half-way is found again by its name.
 *
 * <p>Valid in all six grammars: a Postgres identifier of at most 63 bytes, a Solr core, a file name, a Redis key prefix without glob
 * characters, a Kafka name; a DNS label once its underscores are dashes ({@link #label()}).
 *
 * @param value {@code a-z 0-9 _}, starting with a letter, at most 63 bytes
 */
public record ResourceName(String value) {
  private static final Pattern GRAMMAR = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final int REPOSITORY_LENGTH = 12;

  public ResourceName {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException("A resource's name is a letter and up to 62 of a-z, 0-9 and '_': '" + value + "' is not");
    }
  }

  /** The name of an environment's resource. */
  public static ResourceName of(RepositoryKey repository, EnvironmentId environment, Incarnation incarnation) {
    return new ResourceName(prefix(repository) + "_" + environment.value().replace('-', '_') + "_i" + incarnation.number());
  }

  /** The name of what an epoch keeps of a repository's Staging. */
  public static ResourceName of(RepositoryKey repository, EpochId epoch) {
    return new ResourceName(prefix(repository) + "_" + EnvironmentId.staging(repository).value().replace('-', '_') + "_" + epoch.value());
  }

  /** The name of the database, and of the role that may read it, that holds an epoch's schema without its rows. */
  public static ResourceName reference(RepositoryKey repository, EpochId epoch) {
    return new ResourceName(of(repository, epoch).value() + "_ref");
  }

  private static String prefix(RepositoryKey repository) {
    String letters = repository.value().replace("-", "");
    String named = Character.isDigit(letters.charAt(0)) ? "r" + letters : letters;
    return named.substring(0, Math.min(REPOSITORY_LENGTH, named.length()));
  }

  /** The same name as a DNS label. */
  public String label() {
    return value.replace('_', '-');
  }

  @Override
  public String toString() {
    return value;
  }
}
