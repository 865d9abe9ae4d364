package dev.offshoot.provisioner.postgres.server;

import java.time.Duration;
import java.util.List;

import dev.offshoot.config.PostgresConfig;

/**
 * What crashes have left on the server: folders that no database owns, after the server itself died in the middle of a
 * copy, and databases that were begun and are not being made any more. Only told, never removed: a folder may belong
 * to a copy that is not committed yet, and a begun database to an intent that is waiting to be carried on with.
 */
public final class ServerRemains {
  /** What changed later may still be in the making. */
  public static final Duration OLD = Duration.ofMinutes(30);
  private static final String BEGUN = "^t_(try_|pool_)?[a-z0-9_]+_[a-z2-7]{10}_(i[0-9]{1,6}|e[0-9]{15}(_ref|_his)?(_[0-9]{1,2})?)$";

  private ServerRemains() {
  }

  /** @param bytes of the files in it */
  public record Folder(String path, long bytes) {}

  /** A database that is not finished, under the name that ours have meanwhile. */
  public record Begun(String database, long bytes) {}

  /** @param copying whether databases are being made now; then folders are not told, since they may be theirs */
  public record Remains(List<Folder> folders, List<Begun> begun, boolean copying) {
    public Remains {
      folders = List.copyOf(folders);
      begun = List.copyOf(begun);
    }
  }

  /** What has not changed for a while. */
  public static Remains look(PostgresConfig server, Duration age) {
    try (AdminSession session = AdminSession.open(server, AdminSession.HOME, "remains")) {
      return look(session, age);
    }
  }

  public static Remains look(AdminSession session, Duration age) {
    List<Folder> folders = folders(session, age);
    boolean copying = session.first("""
        SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query ~* '^\\s*create\\s+database'""",
        row -> true).isPresent();
    return new Remains(copying ? List.of() : folders, begun(session, age), copying);
  }

  private static List<Folder> folders(AdminSession session, Duration age) {
    return session.list("""
        SELECT 'base/' || name, (SELECT coalesce(sum((pg_stat_file('base/' || name || '/' || file, true)).size), 0)
            FROM pg_ls_dir('base/' || name, true, false) file)
        FROM pg_ls_dir('base', true, false) name
        WHERE name ~ '^[0-9]+$' AND NOT EXISTS (SELECT 1 FROM pg_database WHERE oid::text = name)
          AND (pg_stat_file('base/' || name, true)).modification <= clock_timestamp() - make_interval(secs => ?)
        ORDER BY 1""", row -> new Folder(row.getString(1), row.getLong(2)), (double) age.toSeconds());
  }

  private static List<Begun> begun(AdminSession session, Duration age) {
    return session.list("""
        SELECT datname, pg_database_size(oid) FROM pg_database
        WHERE datname ~ ?
          AND (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification <= clock_timestamp() - make_interval(secs => ?)
        ORDER BY 1""", row -> new Begun(row.getString(1), row.getLong(2)), BEGUN, (double) age.toSeconds());
  }
}
