package dev.offshoot.provisioner.postgres.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.process.OwnerOnly;
import dev.offshoot.provisioner.postgres.server.AdminSession;
import dev.offshoot.provisioner.postgres.server.Databases;
import dev.offshoot.worker.Failure;

/**
 * Writes a database of an environment to a file, and fills another from it.
 *
 * <p>Law: both as a role without rights of its own, never as an administrator: a branch has written what is dumped, and what is restored
 * runs it (checks, generated columns, expressions of indexes). It sees no other database, so the worst it can do is to itself. It is ended
 * from outside at the deadline. What only an administrator can make ({@link DatabaseShape}) is left out of the restore.
 */
public final class Dumps {
  /** In a table of contents: what is there already, and what an environment's role can't have made. */
  private static final Pattern NOT_OURS = Pattern.compile(
      "^[0-9]+; [0-9]+ [0-9]+ (SCHEMA|EXTENSION|COMMENT - EXTENSION|DATABASE|PUBLICATION|SUBSCRIPTION|EVENT TRIGGER) .*");
  private static final List<String> LEFT_OUT = List.of("--no-owner", "--no-acl", "--no-publications", "--no-subscriptions",
      "--no-security-labels", "--no-tablespaces");
  private static final long GIGABYTE = 1_000_000_000;

  private final PostgresConfig server;
  private final PostgresBinaries binaries;

  public Dumps(PostgresConfig server) {
    this.server = server;
    this.binaries = new PostgresBinaries(server.programs());
  }

  /** A database, and the role that it is read or filled as. */
  public record Access(String database, String role, Secret password) {}

  /** @throws Failure INVALID, and says what to install, where no pg_dump fits the server */
  PostgresBinaries.Pair programs(AdminSession session) {
    int major = session.first("SELECT current_setting('server_version_num')::int / 10000", row -> row.getInt(1)).orElseThrow();
    return binaries.forServer(major);
  }

  /** A folder for files that are only needed for a moment, empty. */
  public Path workspace(String resource) {
    Path parent = server.programs().dumps().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "offshoot-dumps"));
    try {
      Path folder = OwnerOnly.createDirectory(OwnerOnly.createDirectory(parent).resolve(resource));
      try (Stream<Path> old = Files.list(folder)) {
        for (Path file : old.toList()) {
          Files.deleteIfExists(file);
        }
      }
      return folder;
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  /** What is left is removed by the next who needs it. */
  public void clear(Path workspace) {
    try (Stream<Path> files = Files.list(workspace)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(workspace);
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  public void dump(AdminSession session, Access from, Path file) {
    PostgresBinaries.Pair programs = programs(session);
    Path log = beside(file, ".log");
    FaultPoint.at("postgres.dump.before");
    run(session, from, log, Stream.concat(
        Stream.of(programs.dump().toString(), "--format=custom", "--compress=1", "--no-sync", "--lock-wait-timeout=30s",
            "--file=" + file), LEFT_OUT.stream()).toList());
    FaultPoint.at("postgres.dump.after");
  }

  public void restore(AdminSession session, Access to, Path file) {
    PostgresBinaries.Pair programs = programs(session);
    Path contents = beside(file, ".list");
    Path log = beside(file, ".log");
    run(session, to, log, List.of(programs.restore().toString(), "--list", "--file=" + contents, file.toString()));
    keepOurs(contents);
    FaultPoint.at("postgres.restore.before");
    run(session, to, log, Stream.concat(
        Stream.of(programs.restore().toString(), "--exit-on-error", "--dbname=" + to.database(), "--use-list=" + contents),
        Stream.concat(LEFT_OUT.stream(), Stream.of(file.toString()))).toList());
    FaultPoint.at("postgres.restore.after");
  }

  private static void keepOurs(Path contents) {
    try {
      List<String> kept = Files.readAllLines(contents).stream().filter(line -> !NOT_OURS.matcher(line).matches()).toList();
      Files.write(contents, kept);
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  private void run(AdminSession session, Access access, Path log, List<String> command) {
    Duration longest = Duration.ofMinutes(10).plusSeconds(240 * Databases.bytes(session, access.database()) / GIGABYTE);
    long end = System.nanoTime() + longest.toNanos();
    try {
      new ProgramRun(server.as(access.role(), access.password()), access.database(), access.role(), log).run(command, () -> {
        if (System.nanoTime() > end) {
          throw new Failure(Failure.Kind.INVALID, command.getFirst() + " of " + access.database() + " took more than "
              + longest.toSeconds() + " s and was ended; nothing is removed. Look for what makes reading or filling its tables slow "
              + "(load on the server, code behind a table), then ask again");
        }
      });
    } finally {
      Databases.endSessions(session, access.database());
    }
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private static Failure trouble(IOException e) {
    return new Failure(Failure.Kind.UNAVAILABLE, "The folder for dumps (stores.postgres.dumps) cannot be used: " + e,
        new UncheckedIOException(e));
  }
}
