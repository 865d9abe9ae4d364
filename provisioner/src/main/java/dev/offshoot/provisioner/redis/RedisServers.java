package dev.offshoot.provisioner.redis;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.process.Child;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.FreePorts;
import dev.offshoot.process.ProcessSpawner;
import dev.offshoot.process.Signal;
import dev.offshoot.worker.Failure;

/**
 * Server processes. An environment logs in as the default user, who may do everything with data and nothing with the
 * server; we log in as a user of our own, so that we are never locked out.
 */
final class RedisServers implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";
  static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ADMIN = "offshoot";
  private static final Duration POLL = Duration.ofMillis(3);

  private final RedisConfig.Processes config;
  private final Credentials credentials;
  private final Map<String, Child> children = new ConcurrentHashMap<>();

  RedisServers(RedisConfig.Processes config, Credentials credentials) {
    this.config = config;
    this.credentials = credentials;
  }

  /**
   * How a server is to run.
   *
   * @param environmentMayEnter false for a trial, which nobody but us uses
   * @param keeps whether it writes what it is told to its folder
   */
  record Run(ResourceName name, Path folder, int port, boolean environmentMayEnter, boolean keeps) {}

  <T> T ask(ResourceName name, int port, Function<Jedis, T> question) {
    return RedisClients.ask(new HostAndPort(LOOPBACK, port), Optional.of(ADMIN), adminPassword(name), question);
  }

  /** Whether the server of this folder, not another one, answers. */
  boolean answers(Run run) {
    try {
      String folder = ask(run.name(), run.port(), jedis -> jedis.configGet("dir")).getOrDefault("dir", "");
      return folder.equals(run.folder().toString());
    } catch (Failure notYet) {
      return false;
    }
  }

  /** Also what it held is read. */
  private boolean serves(Run run) {
    try {
      return answers(run) && ask(run.name(), run.port(), jedis -> jedis.dbSize()) >= 0;
    } catch (Failure loading) {
      return false;
    }
  }

  /** Returns when it serves; does nothing when it does already. */
  void start(Run run, Path log) {
    if (serves(run)) {
      return;
    }
    FaultPoint.at("redis.process.before");
    Child child = spawn(run, log);
    FaultPoint.at("redis.process.spawned");
    children.put(key(run), child);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!serves(run)) {
      if (!child.isAlive() || System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        String said = child.logTail();
        child.stop(Signal.KILL, Duration.ZERO);
        children.remove(key(run));
        throw new Failure(Failure.Kind.UNAVAILABLE, "The Redis server of " + run.name() + " did not start on port "
            + run.port()
            + ": " + said);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /**
   * Starts it anew, for who has the folder's lock. A server that still answers, or still holds the port, is one of a
   * process before this, and ends with that: to rely on it would be to lose it. What this process started it has already.
   */
  void takeOver(Run run, Path log) {
    if (Optional.ofNullable(children.get(key(run))).filter(Child::isAlive).isPresent()) {
      return;
    }
    stop(run);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!FreePorts.isFree(run.port()) && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    start(run, log);
  }

  private Child spawn(Run run, Path log) {
    try {
      return ProcessSpawner.ofThisJvm().start(new ChildCommand(List.of(config.server().toString(), "-"), log),
          text(run));
    } catch (UncheckedIOException e) {
      throw new Failure(Failure.Kind.INVALID, config.server()
          + " cannot be run; stores.redis.server must name a redis-server", e);
    }
  }

  /** Returns when it is gone, whoever started it; what it was told is on disk. */
  void stop(Run run) {
    Child child = children.remove(key(run));
    if (child != null && child.isAlive()) {
      child.stop(Signal.TERM, PATIENCE);
    }
    if (answers(run)) {
      try {
        ask(run.name(), run.port(), jedis -> {
          jedis.shutdown();
          return true;
        });
      } catch (Failure connectionEnds) {
        if (connectionEnds.kind() != Failure.Kind.UNAVAILABLE) {
          throw connectionEnds;
        }
      }
    }
  }

  private static String key(Run run) {
    return run.folder().toString();
  }

  private Secret adminPassword(ResourceName name) {
    return credentials.password(new ResourceName("a_" + name.value()), StoreKind.REDIS);
  }

  private String text(Run run) {
    String environment = run.environmentMayEnter()
        ? "on >" + credentials.password(run.name(), StoreKind.REDIS).reveal() + " ~* &* +@all -@admin"
        : "off";
    return """
        port %d
        bind %s
        dir %s
        dbfilename %s
        appendonly %s
        save ""
        maxmemory %dmb
        maxmemory-policy noeviction
        user default %s
        user %s on >%s ~* &* +@all
        """.formatted(
        run.port(), LOOPBACK, quoted(run.folder().toString()), RedisFolders.DUMP, run.keeps() ? "yes" : "no",
        config.maxMemoryMegabytes(), environment, ADMIN, adminPassword(run.name()).reveal());
  }

  private static String quoted(String path) {
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new Failure(Failure.Kind.INVALID, "stores.redis.directory must not contain control characters");
    }
    return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Ends those that this process has started. */
  @Override
  public void close() {
    children.values().parallelStream().forEach(child -> child.stop(Signal.TERM, PATIENCE));
    children.clear();
  }
}
