package dev.offshoot.provisioner.postgres.server;

import java.util.Optional;

import dev.offshoot.environment.CloneStrategy.Method;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.worker.Failure;

/** Databases as the catalogue knows them. */
public final class Databases {
  private Databases() {
  }

  /** The comment of a database, empty text when it has none; empty when there is no such database. */
  public static Optional<String> comment(AdminSession session, String database) {
    return session.first(
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = ?",
        row -> row.getString(1), database);
  }

  public static boolean exists(AdminSession session, String database) {
    return comment(session, database).isPresent();
  }

  public static long bytes(AdminSession session, String database) {
    return session.first("SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?", row -> row.getLong(1),
        database)
        .orElse(0L);
  }

  public static int sessions(AdminSession session, String database) {
    return session.first("SELECT count(*) FROM pg_stat_activity WHERE datname = ? AND backend_type = 'client backend'",
        row -> row.getInt(1), database).orElse(0);
  }

  /** Also ends whoever is connected. */
  public static void drop(AdminSession session, String database) {
    if (exists(session, database)) {
      session.run("ALTER DATABASE " + Sql.name(database) + " IS_TEMPLATE false",
          "DROP DATABASE IF EXISTS " + Sql.name(database) + " WITH (FORCE)");
    }
  }

  public static void endSessions(AdminSession session, String database) {
    session.list("""
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = ? AND pid <> pg_backend_pid()""", row -> row.getBoolean(1), database);
  }

  public static long oid(AdminSession session, String database) {
    return session.first("SELECT oid FROM pg_database WHERE datname = ?", row -> row.getLong(1), database).orElse(0L);
  }

  /** @param comment of what stands already under the name */
  public static void refuseUnlessOurs(Blueprint blueprint, String comment) {
    if (OwnerTag.parse(comment).filter(blueprint.tag()::equals).isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "A database " + blueprint.name()
          + " stands already and was not made by this intent; "
          + "look what it is, then rename or drop it");
    }
  }

  /** A copy nobody but an administrator can connect to, made in the way that is likely to be the fastest. */
  public static void copy(AdminSession session, String template, String database) {
    copy(session, template, database, CloneMethods.likely(session, template));
  }

  public static void copy(AdminSession session, String template, String database, Method method) {
    CloneMethods.choose(session, method);
    session.run("CREATE DATABASE " + Sql.name(database) + " TEMPLATE " + Sql.name(template)
        + " STRATEGY " + CloneMethods.strategy(method) + " CONNECTION LIMIT 0");
    FaultPoint.at("postgres.copy.created");
    session.run("REVOKE CONNECT, TEMPORARY ON DATABASE " + Sql.name(database) + " FROM PUBLIC");
  }
}
