package dev.offshoot.provisioner.postgres;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static dev.offshoot.provisioner.postgres.PostgresFixture.admin;
import static dev.offshoot.provisioner.postgres.PostgresFixture.login;
import static dev.offshoot.provisioner.postgres.PostgresFixture.run;
import static dev.offshoot.provisioner.postgres.PostgresFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.postgres.server.StatementDeadline;
import dev.offshoot.provisioner.postgres.snapshot.PostgresEpochs;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;

/** A branch whose SQL is malicious, and which has the environment's own password: it stays in its database. */
class HostileSqlTest {
  private static final RepositoryConfig REPOSITORY =
      PostgresFixture.repository("hostile", "hostile_staging", Optional.empty());
  private static final EpochId EPOCH = EpochId.at(Instant.parse("2026-11-21T09:30:00Z"));
  private static final PostgresStore STORE = new PostgresStore(PostgresFixture.config(), CREDENTIALS, PostgresFixture.BLOBS, Clock.systemUTC());
  private static final String DENIED = "42501";
  private static final Duration SOON = Duration.ofMinutes(2);

  private static StoreSnapshot epoch;
  private static StoreCoordinates attacker;
  private static StoreCoordinates victim;

  @BeforeAll
  static void anAttackerAndAVictimStand() throws SQLException {
    PostgresFixture.staging("hostile_staging");
    epoch = new PostgresEpochs(PostgresFixture.config(), CREDENTIALS, Clock.systemUTC()).snapshot(REPOSITORY, EPOCH)
        .orElseThrow();
    attacker = madeFor("attacker");
    victim = madeFor("victim");
  }

  private static Owner owner(String branch) {
    return new Owner(REPOSITORY.key(), Origin.ofBranch(REPOSITORY.key(), GitRef.ofBranch(branch)).environment(), Incarnation.FIRST);
  }

  private static StoreCoordinates madeFor(String branch) {
    return STORE.ensure(new Blueprint(new OwnerTag(owner(branch), EPOCH, Instant.EPOCH), new Blueprint.Source.Snapshot(epoch)));
  }

  /** What only the administrator may do; {@code $me}, {@code $victim} and {@code $admin} stand for names. */
  @ParameterizedTest
  @ValueSource(strings = {
      // the server's machine
      "COPY (SELECT 1) TO PROGRAM 'true'", "COPY product (name) FROM PROGRAM 'true'", "COPY product (name) FROM '/etc/passwd'",
      "COPY product TO '/tmp/offshoot-stolen'", "SELECT pg_read_file('/etc/passwd')", "SELECT pg_read_binary_file('PG_VERSION')",
      "SELECT pg_ls_dir('.')", "SELECT pg_stat_file('.')", "SELECT lo_import('/etc/passwd')", "SELECT lo_export(1, '/tmp/offshoot-stolen')",
      "CREATE TABLESPACE elsewhere LOCATION '/tmp'", "LOAD 'auto_explain'",
      "CREATE FUNCTION run(cstring) RETURNS int LANGUAGE c AS 'libc.so.6', 'system'",
      "CREATE FUNCTION raw(internal) RETURNS internal LANGUAGE internal AS 'int4in'",
      // the server
      "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "SELECT pg_rotate_logfile()", "SELECT pg_switch_wal()",
      "SELECT pg_create_physical_replication_slot('full_disk')", "SELECT pg_promote()", "SELECT pg_stat_reset()",
      "SET session_replication_role = replica", "SET temp_file_limit = -1", "SET track_activities = off", "SET log_statement = 'none'",
      "CREATE EVENT TRIGGER everywhere ON ddl_command_start EXECUTE FUNCTION twice()", "CREATE EXTENSION hstore",
      "CREATE FOREIGN DATA WRAPPER outside", "CREATE PUBLICATION all_of_it FOR ALL TABLES",
      "CREATE SUBSCRIPTION theirs CONNECTION 'dbname=$victim' PUBLICATION p WITH (connect = false)",
      // roles
      "CREATE ROLE friend", "ALTER ROLE \"$me\" SUPERUSER", "ALTER ROLE \"$me\" BYPASSRLS", "ALTER ROLE \"$me\" CREATEDB",
      "ALTER ROLE \"$me\" REPLICATION", "ALTER ROLE \"$me\" CONNECTION LIMIT -1", "ALTER ROLE \"$me\" VALID UNTIL 'infinity'",
      "ALTER ROLE \"$victim\" PASSWORD 'stolen'", "ALTER ROLE \"$victim\" SET search_path = evil", "ALTER ROLE ALL SET search_path = evil",
      "GRANT pg_read_server_files TO \"$me\"", "GRANT pg_execute_server_program TO \"$me\"", "GRANT \"$victim\" TO \"$me\"",
      "GRANT \"$admin\" TO \"$me\"", "SET ROLE \"$victim\"", "SET ROLE \"$admin\"", "SET SESSION AUTHORIZATION \"$admin\"",
      "REASSIGN OWNED BY \"$victim\" TO \"$me\"", "DROP OWNED BY \"$victim\"", "DROP ROLE \"$victim\"", "COMMENT ON ROLE \"$me\" IS 'none'",
      "ALTER TABLE product OWNER TO \"$admin\"", "ALTER TABLE product OWNER TO pg_database_owner",
      // databases, and the tags that say whose they are
      "CREATE DATABASE another", "CREATE DATABASE copied TEMPLATE \"$victim\"", "DROP DATABASE \"$victim\"", "CREATE SCHEMA another",
      "ALTER DATABASE \"$me\" CONNECTION LIMIT -1", "ALTER DATABASE \"$me\" RENAME TO mine", "ALTER DATABASE \"$me\" IS_TEMPLATE true",
      "ALTER DATABASE \"$me\" SET search_path = evil", "COMMENT ON DATABASE \"$me\" IS 'nobody''s'",
      "COMMENT ON DATABASE \"$victim\" IS 'mine'",
      // the catalogue
      "SELECT * FROM pg_authid", "SELECT * FROM pg_shadow", "SELECT * FROM pg_hba_file_rules", "SELECT * FROM pg_file_settings",
      "SELECT * FROM pg_largeobject", "SELECT * FROM pg_user_mapping", "INSERT INTO pg_proc SELECT * FROM pg_proc",
      "UPDATE pg_database SET datallowconn = true", "CREATE TABLE pg_catalog.mine (id int)", "TRUNCATE pg_class"})
  void whatOnlyAnAdministratorMayDoIsDenied(String attack) throws SQLException {
    String sql = attack.replace("$me", attacker.name()).replace("$victim", victim.name()).replace("$admin", PostgresFixture.config().user());
    try (Connection connection = login(attacker)) {
      assertThatThrownBy(() -> run(connection, sql)).isInstanceOfSatisfying(SQLException.class,
          denied -> assertThat(denied.getSQLState()).as(denied.getMessage()).isEqualTo(DENIED));
    }
  }

  @Test
  void theDoorCannotBeOpenedFromInside() throws SQLException {
    try (Connection connection = login(attacker)) {
      run(connection, "GRANT CONNECT ON DATABASE \"" + attacker.name() + "\" TO PUBLIC",
          "GRANT ALL ON DATABASE \"" + attacker.name() + "\" TO \"" + victim.user() + "\"");
    }
    assertThatThrownBy(() -> login(attacker.name(), victim.user()).close()).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> login(victim.name(), attacker.user()).close()).isInstanceOf(SQLException.class);
  }

  @Test
  void whatOthersRunIsNotSeen() throws SQLException {
    try (Connection theirs = login(victim); Connection ours = login(attacker)) {
      run(theirs, "SELECT 'confidential'");
      assertThat(value(ours, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%confiden' || 'tial%'")).isEqualTo("0");
      assertThat(value(ours, "SELECT string_agg(DISTINCT query, ' ') FROM pg_stat_activity WHERE datname = '" + victim.name() + "'"))
          .isEqualTo("<insufficient privilege>");
    }
  }

  @Test
  void whatOthersDoIsNotEnded() throws SQLException {
    try (Connection theirs = login(victim); Connection ours = login(attacker)) {
      String pid = value(theirs, "SELECT pg_backend_pid()");
      assertThatThrownBy(() -> run(ours, "SELECT pg_terminate_backend(" + pid + ")")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> run(ours, "SELECT pg_cancel_backend(" + pid + ")")).isInstanceOf(SQLException.class);
      assertThat(value(theirs, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void moreSessionsThanAllowedAreRefused() throws SQLException {
    StoreCoordinates greedy = madeFor("greedy");
    List<Connection> sessions = new ArrayList<>();
    try {
      for (int i = 0; i < PostgresFixture.config().limits().connections(); i++) {
        sessions.add(login(greedy));
      }
      assertThatThrownBy(() -> login(greedy).close()).isInstanceOfSatisfying(SQLException.class,
          refused -> assertThat(refused.getSQLState()).isEqualTo("53300"));
    } finally {
      for (Connection session : sessions) {
        session.close();
      }
    }
  }

  @Test
  void aStatementThatLiftsItsOwnLimitsIsEndedFromOutside() throws Exception {
    StoreCoordinates slow = madeFor("slow");
    try (Connection bystander = login(attacker)) {
      CompletableFuture<Void> statement = CompletableFuture.runAsync(() -> runForEver(slow));
      Eventually.await("its session", SOON,
          () -> value(bystander, "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + slow.user() + "'").equals("1"));
      List<String> ended = new ArrayList<>();
      Eventually.await("its end", SOON, () -> {
        ended.addAll(StatementDeadline.endOverdue(PostgresFixture.config(), Duration.ofMillis(100)));
        return ended.contains(slow.user());
      });

      assertThatThrownBy(statement::join).isInstanceOf(CompletionException.class).hasRootCauseInstanceOf(SQLException.class);
      assertThat(ended).as("an idle session is nobody's trouble").doesNotContain(attacker.user());
      assertThat(value(bystander, "SELECT 1")).isEqualTo("1");
    }
  }

  private static void runForEver(StoreCoordinates slow) {
    try (Connection connection = login(slow)) {
      run(connection, "ALTER ROLE \"" + slow.user() + "\" SET statement_timeout = 0", "SET statement_timeout = 0", "SELECT pg_sleep(600)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTransactionThatIsLeftOpenIsEndedToo() throws Exception {
    StoreCoordinates open = madeFor("left-open");
    try (Connection connection = login(open)) {
      connection.setAutoCommit(false);
      run(connection, "SET idle_in_transaction_session_timeout = 0", "LOCK TABLE product");
      Eventually.await("its end", SOON,
          () -> StatementDeadline.endOverdue(PostgresFixture.config(), Duration.ofMillis(50)).contains(open.user()));
      assertThatThrownBy(() -> run(connection, "SELECT 1")).isInstanceOf(SQLException.class);
    }
  }

  /** Whatever a branch does to its role, its sessions and its objects, it is backed up and removed. */
  @Test
  void nothingKeepsItFromBeingRemoved() throws SQLException {
    StoreCoordinates stubborn = madeFor("stubborn");
    try (Connection connection = login(stubborn)) {
      run(connection, "ALTER ROLE \"" + stubborn.user() + "\" SET local_preload_libraries = 'nowhere'",
          "ALTER ROLE \"" + stubborn.user() + "\" SET default_transaction_isolation = 'serializable'",
          "CREATE TABLE \"\"\"; DROP DATABASE x; --\" (\"'; SELECT 1; --\" text)",
          "CREATE FUNCTION evil(product) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'",
          "CREATE CAST (product AS text) WITH FUNCTION evil(product) AS IMPLICIT",
          "CREATE TABLE theirs (id int)", "REVOKE ALL ON theirs FROM \"" + stubborn.user() + "\"",
          "ALTER TABLE product ENABLE ROW LEVEL SECURITY", "ALTER TABLE product FORCE ROW LEVEL SECURITY");
      connection.setAutoCommit(false);
      run(connection, "LOCK TABLE product IN ACCESS EXCLUSIVE MODE");

      var receipt = STORE.snapshot(owner("stubborn")).orElseThrow();
      STORE.delete(owner("stubborn"), new Removal.Kept(receipt));

      assertThat(STORE.find(owner("stubborn"))).isEmpty();
      assertThatThrownBy(() -> login(stubborn).close()).isInstanceOf(SQLException.class);
      admin("postgres", "ALTER DATABASE " + receipt.kept() + " CONNECTION LIMIT 0");
    }
  }
}
