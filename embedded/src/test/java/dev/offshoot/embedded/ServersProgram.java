package dev.offshoot.embedded;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Starts all servers on a folder, leaves something in them, says the children's process ids and waits to be killed. */
final class ServersProgram {
  private ServersProgram() {
  }

  public static void main(String[] arguments) throws Exception {
    var servers = Servers.start(ServersLayout.in(Path.of(arguments[0])).withBinaries(SharedServers.binaries()));
    Map<String, Object> kafka = Map.of("bootstrap.servers", servers.kafka().bootstrapServers());
    try (var admin = Admin.create(kafka)) {
      admin.createTopics(List.of(new NewTopic("branches", Optional.of(1), Optional.empty()))).all().get();
    }
    var postgres = servers.postgres();
    try (var connection = DriverManager.getConnection(
        postgres.jdbcUrl("postgres"), postgres.adminUser(), postgres.adminPassword());
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE branch (name text)");
    }
    System.out.println("children " + postgres.pid() + " " + servers.redis().pid());
    new CountDownLatch(1).await();
  }
}
