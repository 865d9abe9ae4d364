package dev.offshoot.reporter.clone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.sun.security.auth.module.UnixSystem;
import org.junit.jupiter.api.Assumptions;

import dev.offshoot.config.Secret;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.FreePorts;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;

/** A server of the PostgreSQL that the machine has installed, with its pg_dump; the embedded one has none. */
record InstalledPostgres(Path binaries, Path folder, int port, Child server) implements AutoCloseable {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  /** Skips the test where no server is installed. */
  static InstalledPostgres start() throws IOException {
    Optional<Path> found = found();
    Assumptions.assumeTrue(found.isPresent(), "PostgreSQL's server and pg_dump are not installed (package postgresql)");
    Path binaries = found.orElseThrow();
    Path folder = Files.createTempDirectory("offshoot-installed-postgres");
    if (isRoot()) {
      Files.setAttribute(folder, "unix:uid", 65_534, LinkOption.NOFOLLOW_LINKS);
    }
    String data = folder.resolve("data").toString();
    Path log = folder.resolve("log");
    ProcessSpawner.ofThisJvm().run(new ChildCommand(asNobody(List.of(binaries.resolve("initdb").toString(), "-D", data,
        "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")), log), Duration.ofMinutes(1));
    int port = FreePorts.choose();
    Child server = ProcessSpawner.ofThisJvm().start(new ChildCommand(asNobody(List.of(
        binaries.resolve("postgres").toString(), "-D", data, "-p", Integer.toString(port), "-c",
        "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + folder, "-c", "fsync=off")),
        log, Map.of(), Signal.INT));
    InstalledPostgres started = new InstalledPostgres(binaries, folder, port, server);
    Eventually.await("the server answers", Duration.ofMinutes(2), started::answers);
    return started;
  }

  private static Optional<Path> found() {
    try (Stream<Path> versions = Files.isDirectory(VERSIONS) ? Files.list(VERSIONS) : Stream.empty()) {
      return versions.map(version -> version.resolve("bin"))
          .filter(bin -> Stream.of("postgres", "initdb", "pg_dump").allMatch(p -> Files.isExecutable(bin.resolve(p))))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isRoot() {
    return new UnixSystem().getUid() == 0;
  }

  /** A server refuses root. */
  private static List<String> asNobody(List<String> command) {
    List<String> all = new ArrayList<>(isRoot() ? List.of("setpriv", "--reuid", "65534", "--regid", "65534",
        "--clear-groups", "--pdeathsig", "INT") : List.of());
    all.addAll(command);
    return all;
  }

  private boolean answers() {
    try {
      run("postgres", "SELECT 1");
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  void run(String database, String sql) throws SQLException {
    try (Connection session = DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "");
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  DatabaseLogin login(String database) {
    return new DatabaseLogin(new DatabaseLogin.Server("127.0.0.1", port), database, "postgres", new Secret("unused"));
  }

  /** What {@code pg_dump -s} says of a database: its statements, in no order. */
  List<String> schema(String database) throws IOException, InterruptedException {
    Process dump = new ProcessBuilder(binaries.resolve("pg_dump").toString(), "--schema-only", "-h", "127.0.0.1", "-p",
        Integer.toString(port), "-U", "postgres", database).redirectErrorStream(true).start();
    String text = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!dump.waitFor(3, TimeUnit.MINUTES) || dump.exitValue() != 0) {
      throw new IOException("pg_dump failed: " + text);
    }
    String code = String.join("\n", text.lines().filter(line -> !line.startsWith("--") && !line.startsWith("\\")).toList());
    return Stream.of(code.split(";\n")).map(String::strip).filter(one -> !one.isEmpty()).sorted().toList();
  }

  @Override
  public void close() {
    server.stop(Signal.INT, Duration.ofSeconds(10));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
