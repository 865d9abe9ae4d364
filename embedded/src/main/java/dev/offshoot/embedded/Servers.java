package dev.offshoot.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.offshoot.process.OwnerOnly;

/**
 * Kafka, PostgreSQL and Solr together, and the shared Redis once it is asked for, in one folder that one process at a time may use.
 * PostgreSQL and Redis are started again when they die.
 */
public final class Servers implements AutoCloseable {
  private final ServersLayout layout;
  private final DirectoryLock lock;
  private final Starting starting;
  private final Running running;
  private final SharedRedis redis;
  private final CompletableFuture<ServerFault> fault = new CompletableFuture<>();
  private final Guard postgresGuard;

  private Servers(ServersLayout layout, DirectoryLock lock, Starting starting, Running running, SharedRedis redis) {
    this.layout = layout;
    this.lock = lock;
    this.starting = starting;
    this.running = running;
    this.redis = redis;
    this.postgresGuard = new Guard(Server.POSTGRES, running.postgres(), fault);
    var _ = running.kafka().fault().thenAccept(why -> fault.complete(new ServerFault(Server.KAFKA, why.message())));
    var _ = running.solr().fault().thenAccept(why -> fault.complete(new ServerFault(Server.SOLR, why)));
  }

  public static Servers start(ServersLayout layout) {
    return start(layout, (server, after) -> { });
  }

  /** Starts all at the same time and returns when all serve; when one can't, the others are stopped again. */
  public static Servers start(ServersLayout layout, StartProgress progress) {
    DirectoryLock lock = DirectoryLock.of(layout.root());
    try {
      return startLocked(lock, layout, progress);
    } catch (IOException e) {
      lock.close();
      throw new UncheckedIOException("The servers' folder " + layout.root() + " can't be used", e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static Servers startLocked(DirectoryLock lock, ServersLayout layout, StartProgress progress)
      throws IOException {
    long began = System.nanoTime();
    var ports = ServerPorts.keptIn(layout.portsFile());
    PostgresOrphan.end(new PostgresFiles(layout.of(Server.POSTGRES)));
    ports.requireFree(layout.portsFile());
    OwnerOnly.createDirectory(layout.binaries());
    String redisPassword = Secret.keptIn(layout.redisPasswordFile());
    var starting = new Starting(server -> progress.ready(server, Duration.ofNanos(System.nanoTime() - began)));
    var kafka = starting.begin(Server.KAFKA,
        () -> EmbeddedKafka.start(layout.of(Server.KAFKA), ports.of(Server.KAFKA), layout.kafka()));
    var solr = starting.begin(Server.SOLR,
        () -> EmbeddedSolr.start(layout.of(Server.SOLR), ports.of(Server.SOLR)));
    var postgres = starting.begin(Server.POSTGRES, () -> EmbeddedPostgres.start(layout.of(Server.POSTGRES),
        ports.of(Server.POSTGRES), layout.postgres().withBinaries(layout.binaries())));
    starting.awaitAll();
    var running = new Running(kafka.join(), postgres.join(), solr.join());
    return new Servers(layout, lock, starting, running, new SharedRedis(layout, ports.of(Server.REDIS), redisPassword));
  }

  public EmbeddedKafka kafka() {
    return running.kafka();
  }

  public EmbeddedPostgres postgres() {
    return running.postgres();
  }

  public EmbeddedSolr solr() {
    return running.solr();
  }

  /** The shared one, started by the first call; environments get servers of their own, made with {@link #redisBinary()}. */
  public EmbeddedRedis redis() {
    return redis.started(fault);
  }

  /** Where {@link #redis()} will be. */
  public int redisPort() {
    return redis.port();
  }

  public String redisPassword() {
    return redis.password();
  }

  public Path redisBinary() {
    return RedisBinary.unpack(layout.binaries());
  }

  /** Completes when a server is gone for good: the system can't go on without it. */
  public CompletableFuture<ServerFault> fault() {
    return fault.copy();
  }

  @Override
  public void close() {
    try {
      postgresGuard.close();
      redis.close();
    } finally {
      closeStarted();
    }
  }

  private void closeStarted() {
    try {
      starting.closeAll();
    } finally {
      lock.close();
    }
  }

  private record Running(EmbeddedKafka kafka, EmbeddedPostgres postgres, EmbeddedSolr solr) {
  }
}
