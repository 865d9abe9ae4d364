package dev.offshoot.provisioner.postgres;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;

/** A server, small Staging databases on it, and sessions with it. */
public record PostgresAt(PostgresConfig config) {

  /** A Staging database of a role that is not the administrator. */
  public void staging(String database) throws SQLException {
    admin("postgres", "DROP DATABASE IF EXISTS " + database, "DROP ROLE IF EXISTS " + database + "_app",
        "CREATE ROLE " + database + "_app LOGIN PASSWORD 'staging'", "CREATE DATABASE " + database);
    admin(database, "CREATE EXTENSION pgcrypto",
        "CREATE TYPE size AS ENUM ('small', 'large')", "CREATE DOMAIN price AS numeric CHECK (VALUE >= 0)",
        "CREATE TABLE product (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, size size, price price)",
        "CREATE TABLE \"Odd \"\"name\" (t text)", "CREATE SEQUENCE loose",
        "CREATE VIEW cheap AS SELECT * FROM product WHERE price < 3",
        "CREATE MATERIALIZED VIEW names AS SELECT name FROM product",
        "CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql AS 'SELECT 2 * i'",
        "ALTER TABLE product OWNER TO " + database + "_app",
        "INSERT INTO product (name, size, price) SELECT 'p' || g, 'small', g FROM generate_series(1, 100) g",
        "CREATE SCHEMA \"Other schema\"", "CREATE TABLE \"Other schema\".event (day date) PARTITION BY RANGE (day)",
        "CREATE TABLE \"Other schema\".event_2026 PARTITION OF \"Other schema\".event "
            + "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
  }

  public void admin(String database, String... statements) throws SQLException {
    try (Connection connection = administrator(database)) {
      PostgresFixture.run(connection, statements);
    }
  }

  public Connection administrator(String database) throws SQLException {
    return DriverManager.getConnection(url(database), config.user(), config.password().reveal());
  }

  /** A session with the derived password. */
  public Connection login(String database, String role) throws SQLException {
    return DriverManager.getConnection(url(database), role, CREDENTIALS.password(new ResourceName(role), StoreKind.POSTGRES).reveal());
  }

  private String url(String database) {
    return "jdbc:postgresql://" + config.host() + ":" + config.port() + "/" + database;
  }
}
