package dev.offshoot.proof.check;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.offshoot.proof.check.Evidence.Applied;
import dev.offshoot.proof.check.Evidence.Database;
import dev.offshoot.proof.check.Evidence.Postgres;
import dev.offshoot.proof.check.Evidence.Role;

/** Asks the database server's catalogue, and each environment's schema history. */
final class DatabaseReader {
  private static final String DATABASES = """
      SELECT datname, coalesce(shobj_description(oid, 'pg_database'), ''), oid, ARRAY(SELECT rolname::text FROM pg_roles r
        WHERE NOT rolsuper AND datallowconn AND datconnlimit <> 0 AND has_database_privilege(r.oid, d.oid, 'CONNECT'))
      FROM pg_database d ORDER BY 1""";
  private static final String ROLES = "SELECT rolname, rolcanlogin FROM pg_roles ORDER BY 1";
  private static final String TABLES =
      "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables WHERE tablename = 'flyway_schema_history'";

  private static final String POOL_LOCK = """
      SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted
        AND ((classid::bigint << 32) | objid::bigint) IN (hashtextextended('offshoot pool', 0), hashtextextended('offshoot solr pool', 0))""";

  /** invalid_catalog_name, admin_shutdown. */
  private static final Set<String> GONE = Set.of("3D000", "57P01");

  private final World.Stores server;
  private final DatabaseFiles files;

  /** @param files what is known of them from earlier readings */
  DatabaseReader(World.Stores server, DatabaseFiles files) {
    this.server = server;
    this.files = files;
  }

  Postgres read() {
    try (Connection home = connect("postgres")) {
      Map<Long, String> oids = new LinkedHashMap<>();
      List<Database> databases = rows(home, DATABASES, row -> {
        oids.put(row.getLong(3), row.getString(1));
        return new Database(row.getString(1), TopicReader.tree(row.getString(2).getBytes(StandardCharsets.UTF_8)),
            Set.of((String[]) row.getArray(4).getArray()));
      });
      List<Role> roles = rows(home, ROLES, row -> new Role(row.getString(1), row.getBoolean(2)));
      Map<String, List<Applied>> applied = new LinkedHashMap<>();
      for (Database database : databases) {
        if (Named.of(database.name()).filter(name -> name.form() == Named.Form.STANDING).isPresent()) {
          applied.put(database.name(), applied(database.name()));
        }
      }
      return new Postgres(databases, roles, applied, files.holding(home, oids), !rows(home, POOL_LOCK, _ -> true).isEmpty());
    } catch (SQLException e) {
      throw new IllegalStateException("The database server cannot be asked: " + e.getMessage(), e);
    }
  }

  private List<Applied> applied(String database) throws SQLException {
    try (Connection inside = connect(database)) {
      List<Applied> all = new ArrayList<>();
      for (String table : rows(inside, TABLES, row -> row.getString(1))) {
        all.addAll(rows(inside,
            "SELECT script, success, coalesce(checksum, 0) FROM " + table + " WHERE type = 'SQL' ORDER BY installed_rank",
            row -> new Applied(row.getString(1), row.getBoolean(2), row.getLong(3))));
      }
      return all;
    } catch (SQLException e) {
      if (GONE.contains(String.valueOf(e.getSQLState()))) {
        return List.of(); // dropped or renamed since it was listed, or our session was ended for that
      }
      throw e;
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server.postgres() + database + "?ApplicationName=checker&connectTimeout=10&socketTimeout=30",
        server.user(), server.password());
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static <T> List<T> rows(Connection connection, String query, Reading<T> reading) throws SQLException {
    List<T> all = new ArrayList<>();
    try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        all.add(reading.of(row));
      }
    }
    return all;
  }
}
