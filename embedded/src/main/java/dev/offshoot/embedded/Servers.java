package dev.offshoot.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.offshoot.process.OwnerOnly;

/** Kafka, PostgreSQL, Redis and Solr together, in one folder that one process at a time may use. */
public final class Servers implements AutoCloseable {
  private final ServersLayout layout;
  private final DirectoryLock lock;
  private final Starting starting;
  private final Running running;
  private final String redisPassword;

  private Servers(
      ServersLayout layout, DirectoryLock lock, Starting starting, Running running, String redisPassword) {
    this.layout = layout;
    this.lock = lock;
    this.starting = starting;
    this.running = running;
    this.redisPassword = redisPassword;
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
    var redis = starting.begin(Server.REDIS, () -> EmbeddedRedis.start(
        RedisBinary.unpack(layout.binaries()), layout.of(Server.REDIS), ports.of(Server.REDIS), redisPassword));
    starting.awaitAll();
    var running = new Running(kafka.join(), postgres.join(), redis.join(), solr.join());
    return new Servers(layout, lock, starting, running, redisPassword);
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

  /** The shared one; environments get servers of their own, made with {@link #redisBinary()}. */
  public EmbeddedRedis redis() {
    return running.redis();
  }

  public String redisPassword() {
    return redisPassword;
  }

  public Path redisBinary() {
    return RedisBinary.unpack(layout.binaries());
  }

  /** Completes when the broker gives up: the system can't go on without it. */
  public CompletableFuture<KafkaFault> fault() {
    return kafka().fault();
  }

  @Override
  public void close() {
    try {
      starting.closeAll();
    } finally {
      lock.close();
    }
  }

  private record Running(EmbeddedKafka kafka, EmbeddedPostgres postgres, EmbeddedRedis redis, EmbeddedSolr solr) {
  }
}
