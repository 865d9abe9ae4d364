package dev.offshoot.cli.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.offshoot.config.Secret;

/** A database as an application uses it. */
record Database(String url, String user, Secret password) {

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password.reveal());
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect(); Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one number that a query answers. */
  long number(String sql, String... values) throws SQLException {
    try (Connection connection = connect(); PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  boolean hasColumn(String table, String column) throws SQLException {
    return number(
        "SELECT count(*) FROM information_schema.columns WHERE table_name = ? AND column_name = ?", table, column) > 0;
  }

  boolean hasTable(String table) throws SQLException {
    return number("SELECT count(*) FROM information_schema.tables WHERE table_name = ?", table) > 0;
  }
}
