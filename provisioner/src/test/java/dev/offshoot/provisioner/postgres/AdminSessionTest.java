package dev.offshoot.provisioner.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offshoot.worker.Failure;

class AdminSessionTest {

  @Test
  void whatRunsAfterAFailedTransactionIsNotPartOfIt() {
    try (AdminSession session = AdminSession.open(PostgresFixture.config(), AdminSession.HOME, "together")) {
      assertThatThrownBy(() -> session.runTogether(List.of("CREATE ROLE never_made", "CREATE nonsense")))
          .isInstanceOf(Failure.class).hasMessageContaining("nonsense");
      session.run("CREATE ROLE made_alone");
      try (AdminSession other = AdminSession.open(PostgresFixture.config(), AdminSession.HOME, "look")) {
        assertThat(Roles.exists(other, "never_made")).isFalse();
        assertThat(Roles.exists(other, "made_alone")).isTrue();
      }
      session.run("DROP ROLE made_alone");
    }
  }

  @Test
  void databasesThatEveryRoleMayConnectToAreNamed() throws SQLException {
    PostgresFixture.staging("doors_staging");
    PostgresFixture.admin("postgres", "DROP DATABASE IF EXISTS \"others' own\"", "CREATE DATABASE \"others' own\"");
    try (AdminSession session = AdminSession.open(PostgresFixture.config(), AdminSession.HOME, "doors")) {
      session.serverWide(() -> ServerDoors.close(session, "doors_staging"));
      assertThat(ServerDoors.stillOpen(session)).contains("others' own")
          .doesNotContain("doors_staging", "postgres", "template1");
    }
    PostgresFixture.admin("postgres", "DROP DATABASE \"others' own\"", "DROP DATABASE doors_staging");
  }
}
