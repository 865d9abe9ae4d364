package dev.offshoot.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;

/** A Redis server, a child of this JVM; every write goes to its append-only file, synced each second. */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Duration FOR_START = Duration.ofSeconds(60);
  private static final int ANSWER_MILLIS = 2000;

  private final DirectoryLock lock;
  private final Child child;
  private final int port;

  private EmbeddedRedis(DirectoryLock lock, Child child, int port) {
    this.lock = lock;
    this.child = child;
    this.port = port;
  }

  /** Returns when it answers. What the folder holds is kept; the password holds for this start. */
  public static EmbeddedRedis start(Path program, Path directory, int port, String password) {
    DirectoryLock lock = DirectoryLock.of(directory);
    try {
      var configuration = new RedisConfiguration(directory.toAbsolutePath().normalize(), port, password);
      Ports.requireFree("Redis", port);
      var command = new ChildCommand(List.of(program.toString(), "-"), directory.resolve("redis.log"));
      Child child = ProcessSpawner.ofThisJvm().start(command, configuration.text());
      awaitAnswer(child, configuration);
      return new EmbeddedRedis(lock, child, port);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
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
    return port;
  }

  public long pid() {
    return child.pid();
  }

  @Override
  public void close() {
    child.stop(Signal.TERM, Duration.ofSeconds(30));
    lock.close();
  }
}
