package dev.offshoot.reporter.clone;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the catalogues of a database whose owner is not trusted: names are looked up in {@code pg_catalog} only, so that no
 * function or operator of a branch stands in for the server's, and no answer is waited for longer than a few seconds.
 */
final class CatalogueSession implements AutoCloseable {
  private static final int MOST_ROWS = 20_000;

  private final Connection connection;

  private CatalogueSession(Connection connection) {
    this.connection = connection;
  }

  static CatalogueSession open(DatabaseLogin login) throws IOException, SQLException {
    Connection connection = login.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = pg_catalog, pg_temp; SET statement_timeout = '20s'; SET lock_timeout = '5s'");
      return new CatalogueSession(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Makes something of one row. */
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  <T> List<T> all(String query, Row<T> reading) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(MOST_ROWS);
      try (ResultSet row = statement.executeQuery(query)) {
        while (row.next()) {
          rows.add(reading.of(row));
        }
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
