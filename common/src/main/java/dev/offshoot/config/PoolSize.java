package dev.offshoot.config;

/**
 * How many copies of each repository's newest snapshot a store keeps ready for environments.
 *
 * @param min as many at least
 * @param max as many at most, at recent demand; 0 turns the pool off
 */
public record PoolSize(int min, int max) {
  /** A slot's name has room for two digits. */
  public static final int LARGEST = 99;
  public static final PoolSize DEFAULT = new PoolSize(2, 8);
  public static final PoolSize NONE = new PoolSize(0, 0);
}
