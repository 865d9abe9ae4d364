package dev.offshoot.reporter.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class StatementNumbersTest {
  private static List<String> found(String sql) {
    return new Lint(LintOptions.FLYWAY).check(List.of(new MigrationFile("V1__x.sql", sql))).stream()
        .map(found -> found.place().number() + ":" + found.line() + " " + found.id().value()).toList();
  }

  @Test
  void statementsOnOneLineAreToldApart() {
    assertThat(found("SET lock_timeout = '1s'; DELETE FROM a; ALTER TABLE b DROP COLUMN c;\nDELETE FROM d;\n"))
        .containsExactly("2:1 require-where", "3:1 ban-drop-column", "4:2 require-where");
  }

  @Test
  void whatIsOfNoStatementHasNoNumber() {
    assertThat(found("SELECT 1;\n-- offshoot:allow ban-drop-table: nothing follows\n")).containsExactly("0:2 unused-ignore");
  }
}
