package dev.offshoot.provisioner.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.PostgresPrograms;
import dev.offshoot.config.Secret;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.FreePorts;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;

/** A server of the PostgreSQL that is installed on this machine, with its client programs, which the embedded one does not have. */
public final class InstalledPostgres implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  private static final String PASSWORD = "installed";

  private final Child server;
  private final int port;

  private InstalledPostgres(Child server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Empty where Debian's packages postgresql-15 and postgresql-client-15 are not installed. */
  public static Optional<InstalledPostgres> start(Path folder) throws IOException {
    if (!Files.isExecutable(PROGRAMS.resolve("initdb")) || !Files.isExecutable(PROGRAMS.resolve("pg_dump"))) {
      return Optional.empty();
    }
    Path home = Files.createTempDirectory("offshoot-installed");
    Path data = home.resolve("data");
    Path password = Files.writeString(home.resolve("password"), PASSWORD);
    run(folder, "chown", "-R", user(), home.toString());
    run(folder, asUser(PROGRAMS.resolve("initdb").toString(), "-D", data.toString(), "-U", "postgres", "--pwfile=" + password,
        "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
    int port = FreePorts.choose();
    Child server = ProcessSpawner.ofThisJvm().start(new ChildCommand(List.of(asUser(PROGRAMS.resolve("postgres").toString(),
        "-D", data.toString(), "-c", "port=" + port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
        "-c", "fsync=off")), folder.resolve("server.log")).onParentDeath(Signal.INT));
    InstalledPostgres started = new InstalledPostgres(server, port);
    Eventually.await("the installed PostgreSQL answers", Duration.ofMinutes(2), started::answers);
    return Optional.of(started);
  }

  private boolean answers() {
    try (Connection _ = admin("postgres")) {
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** The server refuses to run as the superuser of the machine. */
  private static String[] asUser(String... command) {
    if (!System.getProperty("user.name").equals("root")) {
      return command;
    }
    List<String> words = new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    words.addAll(List.of(command));
    return words.toArray(String[]::new);
  }

  private static String user() {
    return System.getProperty("user.name").equals("root") ? "nobody" : System.getProperty("user.name");
  }

  private static void run(Path folder, String... command) {
    ProcessSpawner.ofThisJvm().run(new ChildCommand(List.of(command), folder.resolve("setup.log")), Duration.ofMinutes(2));
  }

  public PostgresConfig config(Path dumps) {
    return new PostgresConfig("127.0.0.1", port, "postgres", new Secret(PASSWORD), 5)
        .with(new PostgresPrograms(Optional.of(PROGRAMS), Optional.of(dumps)));
  }

  public Connection admin(String database) throws SQLException {
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", PASSWORD);
  }

  public void admin(String database, String... statements) throws SQLException {
    try (Connection connection = admin(database); Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() {
    server.stop(Signal.INT, Duration.ofSeconds(30));
  }
}
