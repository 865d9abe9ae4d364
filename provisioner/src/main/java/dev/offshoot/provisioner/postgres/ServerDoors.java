package dev.offshoot.provisioner.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL lets every role into every database unless told otherwise. Takes that from Staging and from the
 * administrators' databases, so that environments' roles find every door but their own closed. Roles that were there
 * before keep theirs by name.
 */
final class ServerDoors {
  private static final List<String> ADMINISTRATORS = List.of(AdminSession.HOME, "template1");

  private ServerDoors() {
  }

  static void close(AdminSession session, String staging) {
    List<String> statements = new ArrayList<>();
    for (String database : open(session, staging)) {
      if (!ADMINISTRATORS.contains(database)) {
        for (String role : strangers(session)) {
          statements.add("GRANT CONNECT, TEMPORARY ON DATABASE " + Sql.name(database) + " TO " + Sql.name(role));
        }
      }
      statements.add("REVOKE CONNECT, TEMPORARY ON DATABASE " + Sql.name(database) + " FROM PUBLIC");
    }
    session.runTogether(statements);
  }

  private static List<String> open(AdminSession session, String staging) {
    return session.list("""
        SELECT datname FROM pg_database d WHERE datname IN (?, ?, ?) AND EXISTS (
          SELECT 1 FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) a
          WHERE a.grantee = 0 AND a.privilege_type = 'CONNECT')""",
        row -> row.getString(1), staging, ADMINISTRATORS.getFirst(), ADMINISTRATORS.getLast());
  }

  private static List<String> strangers(AdminSession session) {
    return session.list("""
        SELECT rolname FROM pg_roles WHERE rolcanlogin AND NOT rolsuper
          AND NOT starts_with(coalesce(shobj_description(oid, 'pg_authid'), ''),
              ?)""", row -> row.getString(1), Roles.MARK);
  }
}
