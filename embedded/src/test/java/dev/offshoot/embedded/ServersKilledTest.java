package dev.offshoot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersKilledTest {
  @TempDir
  Path directory;

  @Test
  void afterAKillNothingRunsOnAndTheNextStartFindsEverything() throws Exception {
    Process killed = start();
    try (var out = new BufferedReader(new InputStreamReader(killed.getInputStream(), StandardCharsets.UTF_8))) {
      List<ProcessHandle> children = children(out);
      assertThat(children).hasSize(2).allMatch(ServersKilledTest::runs);
      assertThatThrownBy(() -> Servers.start(ServersLayout.in(root())))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContainingAll(root().toString(), "in use");

      killed.destroyForcibly().waitFor();

      try (var servers = Servers.start(ServersLayout.in(root()).withBinaries(SharedServers.binaries()))) {
        Eventually.await("the children of the killed process are gone", Duration.ofMinutes(2),
            () -> children.stream().noneMatch(ServersKilledTest::runs));
        assertThat(topics(servers)).containsExactly("branches");
        assertThat(tableExists(servers.postgres())).isTrue();
      }
    } finally {
      killed.destroyForcibly();
    }
  }

  /** An ended process that nobody reaps has no arguments left. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().arguments().isPresent();
  }

  private Path root() {
    return directory.resolve("offshoot");
  }

  private Process start() throws Exception {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
        "-cp", System.getProperty("java.class.path"), ServersProgram.class.getName(), root().toString())
        .redirectErrorStream(true)
        .start();
  }

  private static List<ProcessHandle> children(BufferedReader out) {
    String line = out.lines().filter(any -> any.startsWith("children ")).findFirst().orElseThrow();
    return Stream.of(line.substring("children ".length()).split(" "))
        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
        .toList();
  }

  private static Iterable<String> topics(Servers servers) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
      return admin.listTopics().names().get(2, TimeUnit.MINUTES);
    }
  }

  private static boolean tableExists(EmbeddedPostgres postgres) throws Exception {
    try (var connection = DriverManager.getConnection(
        postgres.jdbcUrl("postgres"), postgres.adminUser(), postgres.adminPassword());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT to_regclass('branch') IS NOT NULL")) {
      return rows.next() && rows.getBoolean(1);
    }
  }
}
