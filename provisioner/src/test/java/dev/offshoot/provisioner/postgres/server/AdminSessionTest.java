package dev.offshoot.provisioner.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offshoot.provisioner.postgres.PostgresFixture;
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
  void aSessionThatIsKeptIsAsNewForWhoGetsItNext() {
    try (AdminSessions sessions = AdminSessions.keeping(PostgresFixture.config())) {
      int first;
      try (AdminSession session = sessions.workingOn("kept_resource")) {
        first = pid(session);
        session.run("SET lock_timeout = '1ms'", "SET work_mem = '1MB'");
        assertThat(session.lockUnlessBusy("kept lock")).isTrue();
      }
      try (AdminSession other = AdminSession.open(PostgresFixture.config(), AdminSession.HOME, "look")) {
        assertThat(other.lockUnlessBusy("kept lock")).as("nobody has it any more").isTrue();
      }
      try (AdminSession again = sessions.open("look")) {
        assertThat(pid(again)).isEqualTo(first);
        assertThat(again.first("SELECT current_setting('lock_timeout') || ' ' || current_setting('search_path') || ' '"
            + " || current_setting('application_name')", row -> row.getString(1))).contains("30s pg_catalog p:look");
        assertThat(again.first("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
            row -> row.getInt(1))).contains(0);
      }
    }
  }

  @Test
  void aSessionInWhichSomethingFailedOrThatTheServerEndedIsNotUsedAgain() {
    try (AdminSessions sessions = AdminSessions.keeping(PostgresFixture.config())) {
      int first;
      try (AdminSession session = sessions.open("failing")) {
        first = pid(session);
        assertThatThrownBy(() -> session.run("CREATE nonsense")).isInstanceOf(Failure.class);
      }
      int second;
      try (AdminSession session = sessions.open("fine")) {
        second = pid(session);
        assertThat(second).isNotEqualTo(first);
      }
      try (AdminSession other = AdminSession.open(PostgresFixture.config(), AdminSession.HOME, "look")) {
        other.list("SELECT pg_terminate_backend(?, 5000)", row -> true, second);
      }
      try (AdminSession session = sessions.workingOn("after_the_end")) {
        assertThat(pid(session)).isNotEqualTo(second);
      }
    }
  }

  @Test
  void whoComesLaterEndsTheEarlierOneAlsoInAnOlderSession() {
    try (AdminSessions sessions = AdminSessions.keeping(PostgresFixture.config());
        AdminSessions others = AdminSessions.keeping(PostgresFixture.config())) {
      sessions.open("begun first").close();
      try (AdminSession zombie = others.workingOn("contended_resource"); AdminSession next = sessions.workingOn("contended_resource")) {
        assertThat(pid(next)).isPositive();
        assertThatThrownBy(() -> pid(zombie)).isInstanceOfSatisfying(Failure.class,
            e -> assertThat(e.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
      }
    }
  }

  private static int pid(AdminSession session) {
    return session.first("SELECT pg_backend_pid()", row -> row.getInt(1)).orElseThrow();
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
