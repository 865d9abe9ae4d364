package dev.offshoot.provisioner.postgres.server;

import java.util.List;

import dev.offshoot.config.Secret;
import dev.offshoot.fault.FaultPoint;

/** The roles that environments log in as. */
public final class Roles {
  /** Owns everything in an epoch, so that one statement hands a clone over to its environment. */
  public static final String SNAPSHOT = "offshoot_snapshot";
  /** Starts the comment of every role of ours. */
  public static final String MARK = "offshoot:";

  private Roles() {
  }

  public static boolean exists(AdminSession session, String role) {
    return session.first("SELECT 1 FROM pg_roles WHERE rolname = ?", row -> true, role).isPresent();
  }

  /** A role that owns and logs in to nothing. */
  public static void ensure(AdminSession session, String role) {
    if (!exists(session, role)) {
      session.runTogether(List.of(
          "CREATE ROLE " + Sql.name(role)
              + " NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT",
          marking(role)));
    }
  }

  /** Says whose it is, also after it was renamed. */
  public static void mark(AdminSession session, String role) {
    session.run(marking(role));
  }

  private static String marking(String role) {
    return "COMMENT ON ROLE " + Sql.name(role) + " IS " + Sql.text(MARK + " made for " + role);
  }

  /** Lets it log in, with as many sessions as given. */
  public static void open(AdminSession session, String role, Secret password, int connectionLimit) {
    session.password(role, password);
    FaultPoint.at("postgres.password.set");
    session.run("ALTER ROLE " + Sql.name(role) + " LOGIN CONNECTION LIMIT " + connectionLimit);
  }

  public static void close(AdminSession session, String role) {
    if (exists(session, role)) {
      session.run("ALTER ROLE " + Sql.name(role) + " NOLOGIN");
      endReadingAll(session, role);
    }
  }

  /** Lets it see all rows of the database that it is let into. */
  public static void letReadAll(AdminSession session, String role) {
    session.run("ALTER ROLE " + Sql.name(role) + " BYPASSRLS INHERIT", "GRANT pg_read_all_data TO " + Sql.name(role));
  }

  public static void endReadingAll(AdminSession session, String role) {
    session.run("ALTER ROLE " + Sql.name(role) + " NOBYPASSRLS NOINHERIT", "REVOKE pg_read_all_data FROM " + Sql.name(role));
  }

  /** Drops it unless something still belongs to it; then it stays, closed. */
  public static void drop(AdminSession session, String role) {
    boolean needed = session.first("""
        SELECT 1 FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
        WHERE d.refclassid = 'pg_authid'::regclass AND r.rolname = ? LIMIT 1""", row -> true, role).isPresent();
    if (needed) {
      close(session, role);
    } else {
      session.run("DROP ROLE IF EXISTS " + Sql.name(role));
    }
  }
}
