package dev.offshoot.config;

/**
 * {@code stores.postgres:} the server that Staging's database is on and that clones are made on; version 15 or newer.
 *
 * @param user a superuser: databases that are closed with CONNECTION LIMIT 0 let nobody else in
 */
public record PostgresConfig(
    String host, int port, String user, Secret password, PostgresLimits limits, PostgresCloning cloning,
    PostgresPrograms programs, PostgresBackup backup) {

  /** With what is usual for the rest. */
  public PostgresConfig(String host, int port, String user, Secret password, int connectionLimit) {
    this(host, port, user, password, new PostgresLimits(connectionLimit, PostgresLimits.DEFAULTS.statement()),
        PostgresCloning.DEFAULTS, PostgresPrograms.FOUND, PostgresBackup.RETAIN);
  }

  public PostgresConfig with(PostgresLimits other) {
    return new PostgresConfig(host, port, user, password, other, cloning, programs, backup);
  }

  public PostgresConfig with(PostgresCloning other) {
    return new PostgresConfig(host, port, user, password, limits, other, programs, backup);
  }

  public PostgresConfig with(PostgresPrograms other) {
    return new PostgresConfig(host, port, user, password, limits, cloning, other, backup);
  }

  public PostgresConfig with(PostgresBackup other) {
    return new PostgresConfig(host, port, user, password, limits, cloning, programs, other);
  }

  /** The same in every other respect, for another user of it. */
  public PostgresConfig as(String otherUser, Secret otherPassword) {
    return new PostgresConfig(host, port, otherUser, otherPassword, limits, cloning, programs, backup);
  }

  /** The same in every other respect, as another server. */
  public PostgresConfig at(StagingServer server) {
    return new PostgresConfig(
        server.host(), server.port(), server.user(), server.password(), limits, cloning, programs, backup);
  }
}
