package dev.offshoot.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;

/** A Redis server, a child of this JVM; every write goes to its append-only file, synced each second. */
public final class EmbeddedRedis implements ServerProcess {
  private static final Duration FOR_START = Duration.ofSeconds(60);
  private static final int ANSWER_MILLIS = 2000;

  private final DirectoryLock lock;
  private final Path program;
  private final RedisConfiguration configuration;
  private Optional<Child> running;

  private EmbeddedRedis(DirectoryLock lock, Path program, RedisConfiguration configuration) {
    this.lock = lock;
    this.program = program;
    this.configuration = configuration;
    this.running = Optional.of(run(program, configuration));
  }

  /** Returns when it answers. What the folder holds is kept; the password holds for this start. */
  public static EmbeddedRedis start(Path program, Path directory, int port, String password) {
    DirectoryLock lock = DirectoryLock.of(directory);
    try {
      return new EmbeddedRedis(
          lock, program, new RedisConfiguration(directory.toAbsolutePath().normalize(), port, password));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Child run(Path program, RedisConfiguration configuration) {
    Ports.requireFree("Redis", configuration.port());
    var command = new ChildCommand(List.of(program.toString(), "-"), configuration.directory().resolve("redis.log"));
    Child child = ProcessSpawner.ofThisJvm().start(command, configuration.text());
    awaitAnswer(child, configuration);
    return child;
  }

  private static void awaitAnswer(Child child, RedisConfiguration configuration) {
    long deadline = System.nanoTime() + FOR_START.toNanos();
    while (!answers(configuration)) {
      if (!child.isAlive() || System.nanoTime() > deadline) {
        child.stop(Signal.TERM, Duration.ofSeconds(5));
        throw new ServerStartException("Redis did not start in " + configuration.directory() + " on port "
            + configuration.port() + ": " + child.logTail());
      }
      child.awaitEnd(Duration.ofMillis(5));
    }
  }

  /** Not while it still loads its file: then PING is answered by an error. */
  private static boolean answers(RedisConfiguration configuration) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), configuration.port())) {
      socket.setSoTimeout(ANSWER_MILLIS);
      String commands = "AUTH " + configuration.password() + "\r\nPING\r\nQUIT\r\n";
      socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.startsWith("+OK\r\n+PONG\r\n");
    } catch (IOException notYet) {
      return false;
    }
  }

  public int port() {
    return configuration.port();
  }

  public String password() {
    return configuration.password();
  }

  public synchronized long pid() {
    return running.orElseThrow(() -> new IllegalStateException("Redis is stopped")).pid();
  }

  @Override
  public synchronized CompletableFuture<Integer> died() {
    Child watched = running.orElseThrow(() -> new IllegalStateException("Redis is stopped"));
    return watched.endedWhile(() -> isOurs(watched));
  }

  /** Not any more once it was stopped: that holds the lock until the process is gone. */
  private synchronized boolean isOurs(Child child) {
    return running.filter(child::equals).isPresent();
  }

  @Override
  public synchronized void resume() {
    if (running.filter(Child::isAlive).isEmpty()) {
      running = Optional.of(run(program, configuration));
    }
  }

  @Override
  public synchronized void close() {
    running.ifPresent(child -> child.stop(Signal.TERM, Duration.ofSeconds(30)));
    running = Optional.empty();
    lock.close();
  }
}
