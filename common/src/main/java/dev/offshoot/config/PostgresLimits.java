package dev.offshoot.config;

import java.time.Duration;

/**
 * What an environment's role may use of the server.
 *
 * @param connections how many sessions it may have at once
 * @param statement how long one of its statements may take, and a transaction may be left open
 */
public record PostgresLimits(int connections, Duration statement) {
  public static final PostgresLimits DEFAULTS = new PostgresLimits(20, Duration.ofMinutes(30));
}
