package dev.offshoot.provisioner.postgres.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.worker.Failure;

/**
 * A run of one of PostgreSQL's programs against a database. It ends with this process. Where to and with which password
 * it connects stands in its environment, which only its own user can read, never in its command.
 */
public final class ProgramRun {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int MOST_LINES = 5;

  private final PostgresConfig server;
  private final String database;
  private final String resource;
  private final Path log;

  /**
   * @param resource what it works on; its sessions are ended by the next who works on it
   * @param log gets what it says, and is removed afterwards
   */
  public ProgramRun(PostgresConfig server, String database, String resource, Path log) {
    this.server = server;
    this.database = database;
    this.resource = resource;
    this.log = log;
  }

  /**
   * Runs it to its end.
   *
   * @param command program and arguments; no secret
   * @param progress called every ten seconds
   * @throws Failure with what it said of its errors, without rows that it may have quoted
   */
  public void run(List<String> command, Runnable progress) {
    Child child = ProcessSpawner.ofThisJvm().start(
        new ChildCommand(command, log, connection(), Signal.TERM));
    try {
      while (!child.awaitEnd(LOOK)) {
        if (Thread.currentThread().isInterrupted()) {
          throw new Failure(Failure.Kind.UNAVAILABLE, name(command) + " was ended with its attempt");
        }
        progress.run();
      }
      if (child.exitStatus() != 0) {
        throw failure(name(command), child.exitStatus());
      }
    } finally {
      child.stop(Signal.TERM, GRACE);
      remove(log);
    }
  }

  private static String name(List<String> command) {
    return String.valueOf(Path.of(command.getFirst()).getFileName());
  }

  private Map<String, String> connection() {
    return Map.of("PGHOST", server.host(), "PGPORT", Integer.toString(server.port()), "PGUSER", server.user(),
        "PGPASSWORD", server.password().reveal(), "PGDATABASE", database, "PGAPPNAME", AdminSession.named(resource),
        "PGCONNECT_TIMEOUT", "10", "LC_ALL", "C");
  }

  /** Lines with DETAIL and CONTEXT quote rows. */
  private Failure failure(String program, int status) {
    String said = read(log).lines().filter(line -> line.contains("error:") || line.contains("FATAL:"))
        .limit(MOST_LINES).collect(Collectors.joining("; "));
    return new Failure(kind(said), program + " of " + database + " on " + server.host() + ":" + server.port()
        + " ended with status " + status + (said.isEmpty() ? "" : ": " + said));
  }

  private static Failure.Kind kind(String said) {
    if (said.contains("password authentication failed") || said.contains("permission denied")
        || said.contains("row-level security")) {
      return Failure.Kind.DENIED;
    }
    if (said.contains("No space left")) {
      return Failure.Kind.EXHAUSTED;
    }
    boolean connectionLost = List.of("Connection refused", "server closed the connection", "terminating connection",
        "timeout expired", "could not translate host name", "starting up", "shutting down", "connection to server was lost")
        .stream().anyMatch(said::contains);
    return connectionLost || said.isEmpty() ? Failure.Kind.UNAVAILABLE : Failure.Kind.INVALID;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The log " + file + " can't be removed", e);
    }
  }
}
