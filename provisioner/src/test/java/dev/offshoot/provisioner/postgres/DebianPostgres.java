package dev.offshoot.provisioner.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.sun.security.auth.module.UnixSystem;
import org.junit.jupiter.api.Assumptions;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.FreePorts;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;
import dev.offshoot.provisioner.postgres.server.AdminSession;

/** A server of the PostgreSQL that the machine has installed, with its programs: the embedded one has no pg_dump. */
public final class DebianPostgres implements AutoCloseable {
  private static final int NOBODY = 65_534;
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private final Path folder;
  private final Child server;
  private final int port;

  private DebianPostgres(Path folder, Child server, int port) {
    this.folder = folder;
    this.server = server;
    this.port = port;
  }

  /** Skips the test where no server is installed. */
  public static DebianPostgres start() {
    Optional<Path> bin = bin();
    Assumptions.assumeTrue(bin.isPresent(), "PostgreSQL's server and pg_dump are not installed (package postgresql)");
    try {
      Path folder = Files.createTempDirectory("offshoot-debian-postgres");
      own(folder);
      Path data = folder.resolve("data");
      Path log = folder.resolve("log");
      ProcessSpawner.ofThisJvm().run(new ChildCommand(
          asNobody(List.of(bin.orElseThrow().resolve("initdb").toString(), "-D", data.toString(), "-U", "postgres", "-A", "trust",
              "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")), log), Duration.ofMinutes(1));
      int port = FreePorts.choose();
      Child server = ProcessSpawner.ofThisJvm().start(new ChildCommand(
          asNobody(List.of(bin.orElseThrow().resolve("postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port),
              "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=" + folder, "-c", "fsync=off")),
          log, Map.of(), Signal.INT));
      DebianPostgres started = new DebianPostgres(folder, server, port);
      Eventually.await("the server answers", Duration.ofMinutes(2), started::answers);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Optional<Path> bin() {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions.map(version -> version.resolve("bin"))
          .filter(bin -> Stream.of("postgres", "initdb", "pg_dump", "pg_restore").allMatch(p -> Files.isExecutable(bin.resolve(p))))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean answers() {
    try {
      AdminSession.open(config(), AdminSession.HOME, "test").close();
      return true;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  public PostgresConfig config() {
    return new PostgresConfig("127.0.0.1", port, "postgres", new Secret("unused"), 5);
  }

  /** A server refuses root. */
  private static List<String> asNobody(List<String> command) {
    if (new UnixSystem().getUid() != 0) {
      return command;
    }
    List<String> all = new ArrayList<>(List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups",
        "--pdeathsig", "INT"));
    all.addAll(command);
    return all;
  }

  private static void own(Path folder) throws IOException {
    if (new UnixSystem().getUid() == 0) {
      Files.setAttribute(folder, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    }
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
