package dev.offshoot.config;

/**
 * How environments' databases are made ahead and checked.
 *
 * @param reserveMegabytes what the file system of the server's data keeps free: a full one stops the whole server
 */
public record PostgresCloning(Pool pool, int reserveMegabytes, Check check) {
  public static final PostgresCloning DEFAULTS = new PostgresCloning(new Pool(2, 8), 512, new Check(256, 20));

  /**
   * Databases that stand ready for each repository's newest snapshot.
   *
   * @param min as many at least
   * @param max as many at most, at recent demand; 0 turns the pool off
   */
  public record Pool(int min, int max) {
    /** A slot's name has room for two digits. */
    public static final int LARGEST = 99;
  }

  /**
   * Which clones are compared with their snapshot before an environment is let in.
   *
   * @param megabytes all of databases up to this size
   * @param oneIn of larger ones one in so many; 0 for none
   */
  public record Check(int megabytes, int oneIn) {}
}
