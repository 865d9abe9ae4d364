package dev.offshoot.provisioner.postgres.server;

import static dev.offshoot.provisioner.postgres.PostgresFixture.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.worker.Failure;

class FingerprintTest {
  private static final Fingerprint PATIENT = new Fingerprint(PostgresFixture.config());

  /** A database whose one table belongs to a role of the same name. */
  private static void database(String name, String rows) throws SQLException {
    admin("postgres", "DROP DATABASE IF EXISTS " + name, "DROP ROLE IF EXISTS " + name, "CREATE ROLE " + name,
        "CREATE DATABASE " + name);
    admin(name, "CREATE TABLE work AS SELECT " + rows, "ALTER TABLE work OWNER TO " + name);
  }

  private static String of(Fingerprint fingerprint, String database) {
    try (AdminSession session = AdminSession.open(PostgresFixture.config(), AdminSession.HOME, database)) {
      String result = fingerprint.of(session, database, database);
      assertThat(session.first("SELECT rolbypassrls FROM pg_roles WHERE rolname = ?", row -> row.getBoolean(1),
          database)).contains(false);
      return result;
    }
  }

  @Test
  void rowsThatAPolicyHidesFromTheirOwnerCount() throws SQLException {
    database("fp_hidden", "g FROM generate_series(1, 3) g");
    admin("fp_hidden", "ALTER TABLE work ENABLE ROW LEVEL SECURITY", "ALTER TABLE work FORCE ROW LEVEL SECURITY");
    String before = of(PATIENT, "fp_hidden");
    admin("fp_hidden", "DELETE FROM work WHERE g = 2");
    assertThat(of(PATIENT, "fp_hidden")).isNotEqualTo(before);
  }

  @Test
  void theDeadlineThatWeSetIsNotTriedAgain() throws SQLException {
    database("fp_slow", "repeat('x', 100) AS t FROM generate_series(1, 3000000)");
    Fingerprint hasty = new Fingerprint(PostgresFixture.config(), bytes -> {
      assertThat(bytes).isGreaterThan(300_000_000);
      return Duration.ofMillis(300);
    });
    assertThatThrownBy(() -> of(hasty, "fp_slow")).isInstanceOfSatisfying(Failure.class, failure -> {
      assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID);
      assertThat(failure).hasMessageContaining("was ended; nothing is removed");
    });
    admin("postgres", "DROP DATABASE fp_slow");
  }
}
