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

import dev.offshoot.proof.check.Evidence.Applied;
import dev.offshoot.proof.check.Evidence.Database;
import dev.offshoot.proof.check.Evidence.Postgres;
import dev.offshoot.proof.check.Evidence.Role;

/** Asks the database server's catalogue, and each environment's schema history. */
final class DatabaseReader {
  private static final String DATABASES =
      "SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database ORDER BY 1";
  private static final String ROLES = "SELECT rolname, rolcanlogin FROM pg_roles ORDER BY 1";
  private static final String TABLES =
      "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables WHERE tablename = 'flyway_schema_history'";

  private final World.Stores server;

  DatabaseReader(World.Stores server) {
    this.server = server;
  }

  Postgres read() {
    try (Connection home = connect("postgres")) {
      List<Database> databases = rows(home, DATABASES,
          row -> new Database(row.getString(1), TopicReader.tree(row.getString(2).getBytes(StandardCharsets.UTF_8))));
      List<Role> roles = rows(home, ROLES, row -> new Role(row.getString(1), row.getBoolean(2)));
      Map<String, List<Applied>> applied = new LinkedHashMap<>();
      for (Database database : databases) {
        if (Named.of(database.name()).filter(name -> name.form() == Named.Form.STANDING).isPresent()) {
          applied.put(database.name(), applied(database.name()));
        }
      }
      return new Postgres(databases, roles, applied);
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
      if ("3D000".equals(e.getSQLState())) {
        return List.of(); // dropped or renamed since it was listed
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
