package dev.offshoot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

import com.sun.security.auth.module.UnixSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.process.FreePorts;

class EmbeddedPostgresTest {
  private static final PostgresSettings SETTINGS =
      PostgresSettings.defaults().withBinaries(SharedServers.binaries());

  @TempDir
  Path directory;

  @Test
  void aKilledServerIsStartedAgainWithAllThatWasCommitted() throws Exception {
    try (var postgres = EmbeddedPostgres.start(directory, FreePorts.choose(), SETTINGS)) {
      execute(postgres, "CREATE TABLE branch AS SELECT 'new_cool_page' AS name");
      var killed = ProcessHandle.of(postgres.pid()).orElseThrow();
      killed.destroyForcibly();
      Eventually.await("the server is gone", Duration.ofMinutes(2), () -> !killed.isAlive());

      postgres.resume();

      assertThat(query(postgres, "SELECT name FROM branch")).isEqualTo("new_cool_page");
    }
  }

  @Test
  void aRestartOnAnotherPortKeepsDataAndPassword() throws Exception {
    String password;
    try (var postgres = EmbeddedPostgres.start(directory, FreePorts.choose(), SETTINGS)) {
      execute(postgres, "CREATE TABLE branch AS SELECT 'new_cool_page' AS name");
      password = postgres.adminPassword();
    }
    try (var postgres = EmbeddedPostgres.start(directory, FreePorts.choose(), SETTINGS)) {
      assertThat(postgres.adminPassword()).isEqualTo(password);
      assertThat(query(postgres, "SELECT name FROM branch")).isEqualTo("new_cool_page");
      assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(postgres, "SHOW file_copy_method")).isEqualTo("clone");
    }
  }

  @Test
  void aStoppedServerRefusesConnectionsUntilItIsResumed() throws Exception {
    try (var postgres = EmbeddedPostgres.start(directory, FreePorts.choose(), SETTINGS.withoutFsync())) {
      postgres.stop();
      assertThatThrownBy(() -> query(postgres, "SELECT 1")).isInstanceOf(SQLException.class);
      postgres.resume();
      assertThat(query(postgres, "SHOW fsync")).isEqualTo("off");
    }
  }

  @Test
  void nobodyGetsInWithoutThePassword() throws Exception {
    var postgres = SharedServers.postgres();
    assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "guess"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void rootFallsBackToNobodyForAFolderThatIsNobodys() throws Exception {
    assumeThat(new UnixSystem().getUid()).as("only root can become nobody").isZero();
    int port = FreePorts.choose();
    try (var postgres = EmbeddedPostgres.start(directory, port, SETTINGS.withoutFsync())) {
      execute(postgres, "CREATE TABLE branch AS SELECT 'new_cool_page' AS name");
    }
    PostgresUser.NOBODY.own(directory.resolve("data"));
    try (var postgres = EmbeddedPostgres.start(directory, port, SETTINGS.withoutFsync())) {
      assertThat(query(postgres, "SELECT name FROM branch")).isEqualTo("new_cool_page");
      assertThat(Files.readString(Path.of("/proc", Long.toString(postgres.pid()), "status")))
          .containsPattern("Uid:\\s+65534\\s+65534");
    }
  }

  @Test
  void aTakenPortIsTold() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(directory, taken.getLocalPort(), SETTINGS))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContainingAll("PostgreSQL", "127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void aFolderInUseIsRefused() {
    try (var postgres = EmbeddedPostgres.start(directory, FreePorts.choose(), SETTINGS.withoutFsync())) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(directory, FreePorts.choose(), SETTINGS))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContainingAll(directory.toString(), "in use");
      assertThat(postgres.pid()).isPositive();
    }
  }

  @Test
  void onlyTheOwnerCanReadFolderAndPassword() throws Exception {
    try (var postgres = EmbeddedPostgres.start(directory, FreePorts.choose(), SETTINGS.withoutFsync())) {
      assertThat(permissions(directory)).isEqualTo("rwx------");
      assertThat(permissions(directory.resolve("password"))).isEqualTo("rw-------");
      assertThat(permissions(directory.resolve("postgres.log"))).isEqualTo("rw-------");
      assertThat(Files.readString(directory.resolve("password"))).contains(postgres.adminPassword());
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl("postgres"), postgres.adminUser(), postgres.adminPassword());
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres); var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
