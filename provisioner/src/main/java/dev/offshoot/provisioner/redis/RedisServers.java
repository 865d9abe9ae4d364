package dev.offshoot.provisioner.redis;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
import dev.offshoot.process.BoundStarter;
import dev.offshoot.process.ChildCommand;
import dev.offshoot.process.LogTail;
import dev.offshoot.process.RunningProcess;
import dev.offshoot.process.Signal;
import dev.offshoot.process.Starter;
import dev.offshoot.provisioner.redis.ProcessFile.Started;
import dev.offshoot.worker.Failure;

/**
 * Server processes. Whose a server is it says itself: it takes our password and names its folder. A process number is
 * used only for one that does not answer, and never without the time that it started.
 *
 * <p>Law: at most one server for a folder. It has one port, and of two servers on a port the second ends before it opens
 * a file.
 */
final class RedisServers {
  static final String LOOPBACK = "127.0.0.1";
  static final Duration PATIENCE = Duration.ofSeconds(20);
  /** What it was told is in its file at once; only what the last second brought may be lost. */
  private static final Duration FOR_MUTE = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(3);

  private final RedisConfig.Processes config;
  private final Credentials credentials;
  private final Starter starter;

  /** @param starter of the environments' servers; what is tried out always ends with this process */
  RedisServers(RedisConfig.Processes config, Credentials credentials, Starter starter) {
    this.config = config;
    this.credentials = credentials;
    this.starter = starter;
  }

  /**
   * How a server is to run.
   *
   * @param environmentMayEnter false for a trial, which nobody but us uses
   * @param keeps whether it writes what it is told to its folder
   */
  record Run(ResourceName name, Path folder, int port, boolean environmentMayEnter, boolean keeps) {}

  <T> T ask(ResourceName name, int port, Function<Jedis, T> question) {
    return RedisClients.ask(new HostAndPort(LOOPBACK, port), Optional.of(RedisSettings.ADMIN), adminPassword(name),
        question);
  }

  /** Whether the server of this folder, not another one, answers. */
  boolean answers(Run run) {
    return probe(run, jedis -> jedis.configGet("dir").getOrDefault("dir", "").equals(run.folder().toString()));
  }

  /** Also what it held is read. */
  private boolean serves(Run run) {
    return answers(run) && probe(run, jedis -> jedis.dbSize() >= 0);
  }

  private boolean probe(Run run, Function<Jedis, Boolean> question) {
    try {
      return RedisClients.probe(new HostAndPort(LOOPBACK, run.port()), Optional.of(RedisSettings.ADMIN),
          adminPassword(run.name()), question);
    } catch (Failure notYet) {
      return false;
    }
  }

  /** Whether the process that was last started for it is there; asks nobody. */
  boolean runs(Run run) {
    return file(run).read().filter(started -> started.process().isAlive()).isPresent();
  }

  /** Returns when it serves; does nothing when it does already. */
  void start(Run run, Path log) {
    if (serves(run)) {
      note(run);
      return;
    }
    LogTail said = LogTail.fromNow(log);
    RunningProcess process = file(run).read().map(Started::process).filter(RunningProcess::isAlive)
        .orElseGet(() -> spawn(run, log));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!serves(run)) {
      if (!process.isAlive() && !answers(run)) {
        throw new Failure(Failure.Kind.UNAVAILABLE, "The Redis server of " + run.name() + " did not start on port "
            + run.port() + ": " + said.read());
      }
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        throw new Failure(Failure.Kind.UNAVAILABLE, "The Redis server of " + run.name() + ", process " + process.pid()
            + ", does not serve on port " + run.port() + " after " + PATIENCE.toSeconds() + " s: " + said.read());
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** One that was started by somebody who was killed before he had noted it. */
  private void note(Run run) {
    if (run.keeps() && !runs(run)) {
      long pid = ask(run.name(), run.port(), jedis -> Long.parseLong(jedis.info("server").lines()
          .filter(line -> line.startsWith("process_id:")).findFirst().orElse("process_id:0").substring(11).strip()));
      file(run).write(new Started(
          ProcessHandle.of(pid).map(RunningProcess::of).orElse(new RunningProcess(pid, Instant.EPOCH)), bond(run)));
    }
  }

  private RunningProcess spawn(Run run, Path log) {
    FaultPoint.at("redis.process.before");
    RunningProcess process = launch(run, log);
    FaultPoint.at("redis.process.spawned");
    file(run).write(new Started(process, bond(run)));
    FaultPoint.at("redis.process.noted");
    return process;
  }

  private RunningProcess launch(Run run, Path log) {
    try {
      return starter(run).start(new ChildCommand(List.of(config.server().toString(), "-"), log), settings(run).text());
    } catch (UncheckedIOException e) {
      throw new Failure(Failure.Kind.INVALID, config.server()
          + " cannot be run; stores.redis.server must name a redis-server", e);
    }
  }

  private Starter starter(Run run) {
    return run.keeps() ? starter : new BoundStarter();
  }

  private Optional<RunningProcess> bond(Run run) {
    try {
      return starter(run).bond();
    } catch (UncheckedIOException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns when it serves, and ends with what it should end with. One that ends with something else, such as an {@code
   * up} that was killed, is ended first: to rely on it would be to lose it.
   */
  void revive(Run run, Path log) {
    if (file(run).read().filter(started -> started.process().isAlive() && !started.isBoundTo(bond(run))).isPresent()) {
      stop(run);
    }
    start(run, log);
  }

  /** Returns when it is gone, whoever started it; what it was told is on disk. */
  void stop(Run run) {
    Optional<RunningProcess> process = file(run).read().map(Started::process).filter(RunningProcess::isAlive);
    boolean answers = answers(run);
    if (answers) {
      try {
        RedisClients.probe(new HostAndPort(LOOPBACK, run.port()), Optional.of(RedisSettings.ADMIN),
            adminPassword(run.name()), jedis -> {
              jedis.shutdown();
              return true;
            });
      } catch (Failure connectionEnds) {
        if (connectionEnds.kind() != Failure.Kind.UNAVAILABLE && process.isEmpty()) {
          throw connectionEnds;
        }
      }
    }
    process.ifPresent(known -> known.stop(Signal.TERM, answers ? PATIENCE : FOR_MUTE));
    file(run).delete();
  }

  private static ProcessFile file(Run run) {
    return new ProcessFile(run.folder());
  }

  private Secret adminPassword(ResourceName name) {
    return credentials.password(new ResourceName("a_" + name.value()), StoreKind.REDIS);
  }

  private RedisSettings settings(Run run) {
    return new RedisSettings(run, config.maxMemoryMegabytes(),
        credentials.password(run.name(), StoreKind.REDIS), adminPassword(run.name()));
  }
}
