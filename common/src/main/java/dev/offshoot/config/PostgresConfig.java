package dev.offshoot.config;

import java.time.Duration;

/**
 * {@code stores.postgres:} the server that Staging's database is on and that clones are made on; version 15 or newer.
 *
 * @param user a superuser: databases that are closed with CONNECTION LIMIT 0 let nobody else in
 * @param connectionLimit how many sessions an environment's role may have
 * @param statementDeadline how long one of its statements may take, and a transaction may be left open
 */
public record PostgresConfig(
    String host, int port, String user, Secret password, int connectionLimit, Duration statementDeadline, PostgresCloning cloning,
    PostgresPrograms programs, PostgresBackup backup) {
  public static final int DEFAULT_CONNECTION_LIMIT = 20;
  public static final Duration DEFAULT_STATEMENT_DEADLINE = Duration.ofMinutes(30);

  /** With what is usual for the rest. */
  public PostgresConfig(String host, int port, String user, Secret password, int connectionLimit) {
    this(host, port, user, password, connectionLimit, DEFAULT_STATEMENT_DEADLINE, PostgresCloning.DEFAULTS, PostgresPrograms.FOUND,
        PostgresBackup.RETAIN);
  }

  public PostgresConfig with(PostgresCloning other) {
    return new PostgresConfig(host, port, user, password, connectionLimit, statementDeadline, other, programs, backup);
  }

  public PostgresConfig with(PostgresPrograms other) {
    return new PostgresConfig(host, port, user, password, connectionLimit, statementDeadline, cloning, other, backup);
  }

  public PostgresConfig with(PostgresBackup other) {
    return new PostgresConfig(host, port, user, password, connectionLimit, statementDeadline, cloning, programs, other);
  }

  /** The same in every other respect, for another user of it. */
  public PostgresConfig as(String otherUser, Secret otherPassword) {
    return new PostgresConfig(host, port, otherUser, otherPassword, connectionLimit, statementDeadline, cloning, programs, backup);
  }

  /** The same in every other respect, as another server. */
  public PostgresConfig at(StagingServer server) {
    return new PostgresConfig(server.host(), server.port(), server.user(), server.password(), connectionLimit, statementDeadline,
        cloning, programs, backup);
  }
}
