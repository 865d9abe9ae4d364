package dev.offshoot.config;

/**
 * {@code staging.server:} a PostgreSQL server that only Staging is on.
 *
 * @param user who may read all of Staging's database, row security included; nothing is ever written there
 */
public record StagingServer(String host, int port, String user, Secret password) {}
