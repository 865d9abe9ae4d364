package dev.offshoot.provisioner.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.worker.Failure;

class SqlTest {
  private static final List<String> HOSTILE = List.of("x", "X y", "a\"b", "\"; DROP DATABASE x; --", "'", "\\",
      "\\'; --", "é🌱", "$1", "a.b");

  @Test
  void theServerReadsANameAsItWasGiven() throws SQLException {
    PostgresConfig server = PostgresFixture.config();
    try (Connection connection = DriverManager.getConnection(
        AdminSession.url(server, "postgres"), server.user(), server.password().reveal())) {
      for (String name : HOSTILE) {
        try (var rows = connection.createStatement().executeQuery("SELECT 1 AS " + Sql.name(name))) {
          assertThat(rows.getMetaData().getColumnName(1)).isEqualTo(name);
        }
      }
    }
  }

  @Test
  void theServerReadsATextAsItWasGivenUnderBothSettings() throws SQLException {
    PostgresConfig server = PostgresFixture.config();
    try (Connection connection = DriverManager.getConnection(
        AdminSession.url(server, "postgres"), server.user(), server.password().reveal())) {
      for (String setting : List.of("on", "off")) {
        PostgresFixture.run(connection, "SET standard_conforming_strings = " + setting);
        for (String text : HOSTILE) {
          assertThat(PostgresFixture.value(connection, "SELECT " + Sql.text(text))).isEqualTo(text);
        }
      }
    }
  }

  @Test
  void whatCannotBeQuotedIsRefused() {
    assertThatThrownBy(() -> Sql.name("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sql.name("a\0b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sql.text("a\0b")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"08006, UNAVAILABLE", "57P01, UNAVAILABLE", "57P03, UNAVAILABLE", "55006, BUSY", "53100, EXHAUSTED",
      "53300, EXHAUSTED", "28P01, DENIED", "42501, DENIED", "42601, INVALID", "'', INVALID"})
  void everyCodeHasItsKind(String sqlState, Failure.Kind kind) {
    assertThat(SqlFailures.kind(sqlState)).isEqualTo(kind);
  }
}
