package dev.offshoot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;

/** Makes, starts and stops one cluster with the programs of an artifact. */
final class Postmaster {
  static final String ADMIN = "postgres";

  private static final Duration FOR_INITDB = Duration.ofMinutes(2);
  /** Long enough to replay the log of a killed server. */
  private static final Duration FOR_START = Duration.ofMinutes(5);
  private static final Duration FOR_STOP = Duration.ofSeconds(30);

  private final PostgresFiles files;
  private final Path programs;
  private final int port;
  private final PostgresSettings settings;

  Postmaster(PostgresFiles files, Path programs, int port, PostgresSettings settings) {
    this.files = files;
    this.programs = programs;
    this.port = port;
    this.settings = settings;
  }

  /** Returns when it takes connections. */
  Child start() throws IOException {
    PostgresOrphan.end(files);
    Ports.requireFree("PostgreSQL", port);
    var user = PostgresUser.of(files.data(), files.log());
    makeCluster(user);
    long deadline = System.nanoTime() + FOR_START.toNanos();
    while (true) {
      Child child = ProcessSpawner.ofThisJvm().start(command(user));
      if (becomesReady(child, deadline)) {
        return child;
      }
      String why = child.logTail();
      // The backends of a killed postmaster notice it within a moment, then give its shared memory back.
      if (!why.contains("shared memory block") || System.nanoTime() > deadline) {
        throw new ServerStartException("PostgreSQL did not start in " + files.directory() + " on port " + port
            + " (its log: " + files.log() + "): " + why);
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  /** Disconnects everyone, writes a checkpoint and ends ("fast shutdown"). */
  static void stop(Child child) {
    child.stop(Signal.INT, FOR_STOP);
  }

  private boolean becomesReady(Child child, long deadline) throws IOException {
    while (child.isAlive()) {
      if (files.isReady(child.pid())) {
        return true;
      }
      if (System.nanoTime() > deadline) {
        stop(child);
        return false;
      }
      child.awaitEnd(Duration.ofMillis(10));
    }
    return false;
  }

  private void makeCluster(PostgresUser user) throws IOException {
    if (!Files.exists(files.data())) {
      Trees.delete(files.newData());
      Files.createDirectory(files.newData());
      user.own(files.newData());
      var words = new ArrayList<>(List.of(
          program("initdb"), "-D", files.newData().toString(), "-U", ADMIN, "--pwfile=" + files.passwordFile(),
          "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8"));
      if (!settings.fsync()) {
        words.add("--no-sync");
      }
      run(user.command(words));
      Files.move(files.newData(), files.data(), StandardCopyOption.ATOMIC_MOVE);
    }
    user.own(files.data());
  }

  private void run(List<String> words) {
    try {
      ProcessSpawner.ofThisJvm().run(new ChildCommand(words, files.log()), FOR_INITDB);
    } catch (IllegalStateException e) {
      throw new ServerStartException("PostgreSQL's cluster can't be made in " + files.directory() + ": " + e.getMessage(), e);
    }
  }

  private ChildCommand command(PostgresUser user) {
    var words = new ArrayList<>(List.of(program("postgres"), "-D", files.data().toString()));
    parameters().forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
    return new ChildCommand(user.command(words), files.log()).onParentDeath(Signal.INT);
  }

  private Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("listen_addresses", "127.0.0.1");
    parameters.put("port", Integer.toString(port));
    parameters.put("unix_socket_directories", "");
    parameters.put("max_connections", Integer.toString(settings.maxConnections()));
    parameters.put("shared_buffers", settings.sharedBuffers());
    parameters.put("fsync", settings.fsync() ? "on" : "off");
    parameters.put("file_copy_method", "clone");
    // A failing statement may hold a password (ALTER ROLE): the client is told, the log is not.
    parameters.put("log_min_error_statement", "panic");
    parameters.putAll(settings.parameters());
    return parameters;
  }

  private String program(String name) {
    return programs.resolve("bin").resolve(name).toString();
  }
}
