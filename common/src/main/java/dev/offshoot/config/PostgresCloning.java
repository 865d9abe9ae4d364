package dev.offshoot.config;

/**
 * How environments' databases are made ahead and checked.
 *
 * @param pool databases that stand ready
 * @param reserveMegabytes what the file system of the server's data keeps free: a full one stops the whole server
 */
public record PostgresCloning(PoolSize pool, int reserveMegabytes, Check check) {
  public static final PostgresCloning DEFAULTS = new PostgresCloning(PoolSize.DEFAULT, 512, new Check(256, 20));

  /**
   * Which clones are compared with their snapshot before an environment is let in.
   *
   * @param megabytes all of databases up to this size
   * @param oneIn of larger ones one in so many; 0 for none
   */
  public record Check(int megabytes, int oneIn) {}
}
