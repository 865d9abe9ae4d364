package dev.offshoot.provisioner.postgres.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL lets every role into every database unless told otherwise. Takes that from Staging and from the
 * administrators' databases, so that environments' roles find every door but their own closed. Roles that were there
 * before keep theirs by name.
 */
public final class ServerDoors {
  private static final List<String> ADMINISTRATORS = List.of(AdminSession.HOME, "template1");

  private static final String TO_ALL = """
      EXISTS (SELECT 1 FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) a
        WHERE a.grantee = 0 AND a.privilege_type = 'CONNECT')""";
  private static final Logger LOG = LoggerFactory.getLogger(ServerDoors.class);

  private ServerDoors() {
  }

  public static void close(AdminSession session, String staging) {
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
    List<String> open = stillOpen(session);
    if (!open.isEmpty()) {
      LOG.warn("Every role, also an environment's, may connect to the databases {}. If they are not meant for all, grant "
          + "CONNECT to the roles that need it, then run: {}", open, open.stream()
          .map(database -> "REVOKE CONNECT, TEMPORARY ON DATABASE " + Sql.name(database) + " FROM PUBLIC;")
          .collect(Collectors.joining(" ")));
    }
  }

  /** Other applications' databases, which are not ours to close. */
  public static List<String> stillOpen(AdminSession session) {
    return session.list("SELECT datname FROM pg_database d WHERE datallowconn AND datconnlimit <> 0 AND " + TO_ALL
        + " ORDER BY 1", row -> row.getString(1));
  }

  private static List<String> open(AdminSession session, String staging) {
    return session.list("SELECT datname FROM pg_database d WHERE datname IN (?, ?, ?) AND " + TO_ALL,
        row -> row.getString(1), staging, ADMINISTRATORS.getFirst(), ADMINISTRATORS.getLast());
  }

  private static List<String> strangers(AdminSession session) {
    return session.list("""
        SELECT rolname FROM pg_roles WHERE rolcanlogin AND NOT rolsuper
          AND NOT starts_with(coalesce(shobj_description(oid, 'pg_authid'), ''),
              ?)""", row -> row.getString(1), Roles.MARK);
  }
}
