package dev.offshoot.provisioner.postgres;

import java.util.Optional;

import dev.offshoot.fault.FaultPoint;

/** Databases as the catalogue knows them. */
final class Databases {
  private Databases() {
  }

  /** The comment of a database, empty text when it has none; empty when there is no such database. */
  static Optional<String> comment(AdminSession session, String database) {
    return session.first(
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = ?",
        row -> row.getString(1), database);
  }

  static boolean exists(AdminSession session, String database) {
    return comment(session, database).isPresent();
  }

  static long bytes(AdminSession session, String database) {
    return session.first("SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?", row -> row.getLong(1),
        database)
        .orElse(0L);
  }

  static int sessions(AdminSession session, String database) {
    return session.first("SELECT count(*) FROM pg_stat_activity WHERE datname = ? AND backend_type = 'client backend'",
        row -> row.getInt(1), database).orElse(0);
  }

  /** Also ends whoever is connected. */
  static void drop(AdminSession session, String database) {
    if (exists(session, database)) {
      session.run("ALTER DATABASE " + Sql.name(database) + " IS_TEMPLATE false",
          "DROP DATABASE IF EXISTS " + Sql.name(database) + " WITH (FORCE)");
    }
  }

  static void endSessions(AdminSession session, String database) {
    session.list("""
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = ? AND pid <> pg_backend_pid()""", row -> row.getBoolean(1), database);
  }

  /** A copy nobody but an administrator can connect to. */
  static void copy(AdminSession session, String template, String database) {
    session.run("CREATE DATABASE " + Sql.name(database) + " TEMPLATE " + Sql.name(template)
        + " STRATEGY " + CopyStrategy.of(session, template) + " CONNECTION LIMIT 0");
    FaultPoint.at("postgres.copy.created");
    session.run("REVOKE CONNECT, TEMPORARY ON DATABASE " + Sql.name(database) + " FROM PUBLIC");
  }
}
