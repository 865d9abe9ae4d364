package dev.offshoot.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server process is killed while the others run. */
class ServersDieTest {
  private static final Duration FOR_RESTART = Duration.ofMinutes(2);

  @TempDir
  Path directory;

  private Servers start() {
    return Servers.start(new ServersLayout(directory.resolve("offshoot"), SharedServers.binaries(),
        KafkaSettings.defaults().withoutFlush(), PostgresSettings.defaults().withoutFsync()));
  }

  @Test
  void aKilledPostgresServesAgainOnItsPortWithItsData() throws Exception {
    try (var servers = start()) {
      int port = servers.postgres().port();
      execute(servers, "CREATE TABLE kept (id int)");
      long before = servers.postgres().pid();

      kill(before);

      Eventually.await("PostgreSQL serves again", FOR_RESTART, () -> servers.postgres().pid() != before && answers(servers));
      assertThat(servers.postgres().port()).isEqualTo(port);
      execute(servers, "SELECT id FROM kept");
      assertThat(servers.fault()).isNotDone();
    }
  }

  @Test
  void whatDiesAgainAndAgainIsAFaultThatNamesIt() throws Exception {
    try (var servers = start()) {
      EmbeddedRedis redis = servers.redis();
      long last = redis.pid();
      for (int death = 1; death <= 4; death++) {
        long killed = last;
        kill(killed);
        Eventually.await("Redis serves again", FOR_RESTART, () -> redis.pid() != killed);
        last = redis.pid();
      }
      assertThat(servers.fault()).isNotDone();

      kill(last);

      ServerFault fault = servers.fault().get(2, TimeUnit.MINUTES);
      assertThat(fault.server()).isEqualTo(Server.REDIS);
      assertThat(fault.message()).contains("5 times", "137");
    }
  }

  @Test
  void whatIsStoppedOnPurposeStaysStopped() {
    ProcessHandle process;
    try (var servers = start()) {
      process = ProcessHandle.of(servers.postgres().pid()).orElseThrow();
      servers.postgres().stop();
      assertThat(process.isAlive()).isFalse();
      assertThat(servers.fault()).isNotDone();
    }
  }

  private static void kill(long pid) {
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  private static boolean answers(Servers servers) {
    try {
      execute(servers, "SELECT 1");
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static void execute(Servers servers, String sql) throws SQLException {
    var postgres = servers.postgres();
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl("postgres"), postgres.adminUser(), postgres.adminPassword());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
