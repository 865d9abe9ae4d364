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
  /** Of a rehearsal's: with both hashes there is room for no more. */
  private static final int SLUG_LENGTH = 16;

  public ResourceName {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new IllegalArgumentException("A resource's name is a letter and up to 62 of a-z, 0-9 and '_': '" + value + "' is not");
    }
  }

  /** The name of an environment's resource. */
  public static ResourceName of(RepositoryKey repository, EnvironmentId environment, Incarnation incarnation) {
    return new ResourceName(prefix(repository) + "_" + part(environment) + "_i" + incarnation.number());
  }

  /** The environment's part, which every name of its resources holds: the last hash in it is no other environment's. */
  private static String part(EnvironmentId environment) {
    EnvironmentId parent = environment.parent();
    if (parent.equals(environment)) {
      return environment.value().replace('-', '_');
    }
    String slugAndHash = parent.value().replace('-', '_');
    int hash = slugAndHash.length() - EnvironmentId.HASH_LENGTH;
    String slug = slugAndHash.substring(0, hash - 1);
    return slug.substring(0, Math.min(SLUG_LENGTH, slug.length())) + "_" + slugAndHash.substring(hash)
        + "_r" + environment.value().substring(parent.value().length() + 1);
  }

  /** What the names of all incarnations of an environment hold, and no other environment's: the end of its part, and what precedes a number. */
  public static String mark(EnvironmentId environment) {
    String part = part(environment);
    return part.substring(part.lastIndexOf('_') + 1) + "_i";
  }

  /** The name of what an epoch keeps of a repository's Staging. */
  public static ResourceName of(RepositoryKey repository, EpochId epoch) {
    return of(repository, EnvironmentId.staging(repository), epoch);
  }

  /**
   * The name of what an epoch keeps of a static environment.
   *
   * @param source the repository's Staging or Production
   */
  public static ResourceName of(RepositoryKey repository, EnvironmentId source, EpochId epoch) {
    return new ResourceName(prefix(repository) + "_" + source.value().replace('-', '_') + "_" + epoch.value());
  }

  /** The name of the database, and of the role that may read it, that holds an epoch's schema without its rows. */
  public static ResourceName reference(RepositoryKey repository, EpochId epoch) {
    return reference(repository, EnvironmentId.staging(repository), epoch);
  }

  /** The same of an epoch of a static environment. */
  public static ResourceName reference(RepositoryKey repository, EnvironmentId source, EpochId epoch) {
    return new ResourceName(of(repository, source, epoch).value() + "_ref");
  }

  /**
   * The name of the database, and of its role, in which the history of an epoch is run again from nothing.
   *
   * @param source the repository's Production
   */
  public static ResourceName replay(RepositoryKey repository, EnvironmentId source, EpochId epoch) {
    return new ResourceName(of(repository, source, epoch).value() + "_his");
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
