package dev.offshoot.provisioner.redis;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Keeping;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.process.FreePorts;
import dev.offshoot.process.OwnerOnly;
import dev.offshoot.provisioner.redis.RedisServers.Run;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.worker.Failure;

/** Keeps what a server holds as a dump, and proves the dump by starting a server from it. */
final class RedisBackups {
  private static final Duration POLL = Duration.ofMillis(3);

  private final RedisFolders folders;
  private final RedisServers servers;
  private final Clock clock;

  RedisBackups(RedisFolders folders, RedisServers servers, Clock clock) {
    this.folders = folders;
    this.servers = servers;
    this.clock = clock;
  }

  /** Locks the environment out first. */
  BackupReceipt keep(Run run, Owner owner, EpochId epoch) {
    ResourceName name = owner.name();
    servers.start(run, folders.log(name));
    Keys before = servers.ask(name, run.port(), jedis -> {
      jedis.aclSetUser("default", "off");
      jedis.clientKill(new ClientKillParams().type(ClientType.NORMAL).skipMe(ClientKillParams.SkipMe.YES));
      FaultPoint.at("redis.backup.closed");
      Keys counted = Keys.of(jedis);
      jedis.save();
      return counted;
    });
    FaultPoint.at("redis.backup.saved");
    Path dump = copy(run, name);
    FaultPoint.at("redis.backup.copied");
    Keys after = trial(name);
    FaultPoint.at("redis.backup.tried");
    if (!after.areKeptOf(before)) {
      throw new Failure(Failure.Kind.INVALID, "The backup of the Redis of " + owner + " holds " + after
          + " instead of " + before
          + "; nothing is removed");
    }
    BackupReceipt receipt = new BackupReceipt(StoreKind.REDIS, owner.incarnation(), kept(name), size(dump), hash(dump),
        "a server was started from it and its keys counted: " + after.all(), clock.instant(),
        Optional.of(Keeping.archived(epoch, Optional.of(hash(dump)))));
    folders.keep(name, receipt);
    FaultPoint.at("redis.backup.kept");
    return receipt;
  }

  /**
   * Writes what was kept of another incarnation into the folder of a server that is not placed yet. A server with an append-only file does
   * not look at a dump, so one without reads it first and then begins the file; only that is left.
   */
  void fill(Owner owner, BackupReceipt receipt) {
    Owner from = new Owner(owner.repository(), owner.environment(), receipt.incarnation());
    if (!holds(from, receipt)) {
      throw new Failure(Failure.Kind.INVALID, "The backup of the Redis of " + from + " is missing or not what was kept: it can't be restored");
    }
    ResourceName name = owner.name();
    Path folder = folders.server(name);
    folders.delete(folder);
    FaultPoint.at("redis.fill.before");
    RedisFolders.attempt(() -> {
      OwnerOnly.createDirectory(folder);
      return Files.copy(folders.kept(from.name()).resolve(RedisFolders.DUMP), folder.resolve(RedisFolders.DUMP));
    });
    Run filling = new Run(name, folder, FreePorts.choose(), false, false);
    servers.start(filling, folders.log(name));
    try {
      servers.ask(name, filling.port(), RedisBackups::beginAppendOnlyFile);
    } finally {
      servers.stop(filling);
    }
    RedisFolders.attempt(() -> Files.deleteIfExists(folder.resolve(RedisFolders.DUMP)));
    FaultPoint.at("redis.fill.after");
  }

  private static boolean beginAppendOnlyFile(Jedis jedis) {
    jedis.configSet("appendonly", "yes");
    long end = System.nanoTime() + RedisServers.PATIENCE.toNanos();
    while (!isWritten(jedis.info("persistence"))) {
      if (Thread.currentThread().isInterrupted() || System.nanoTime() > end) {
        throw new Failure(Failure.Kind.UNAVAILABLE, "Redis did not write what was restored to its append-only file in time");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }

  private static boolean isWritten(String persistence) {
    return persistence.contains("aof_rewrite_in_progress:0") && persistence.contains("aof_rewrite_scheduled:0")
        && persistence.contains("aof_last_bgrewrite_status:ok") && persistence.contains("aof_enabled:1");
  }

  /** Once its retention is over. */
  void drop(Owner owner) {
    FaultPoint.at("redis.kept.remove.before");
    folders.delete(folders.kept(owner.name()));
    FaultPoint.at("redis.kept.remove.after");
  }

  /** Whether what a receipt names is there, unchanged. */
  boolean holds(Owner owner, BackupReceipt receipt) {
    Path dump = folders.kept(owner.name()).resolve(RedisFolders.DUMP);
    return receipt.kind() == StoreKind.REDIS
        && receipt.incarnation().equals(owner.incarnation())
        && receipt.kept().equals(kept(owner.name()))
        && folders.receipt(owner.name()).isPresent()
        && hash(dump).equals(receipt.fingerprint());
  }

  private static String kept(ResourceName name) {
    return "kept/" + name.value();
  }

  private Path copy(Run run, ResourceName name) {
    Path folder = folders.unverified(name);
    folders.delete(folder);
    return RedisFolders.attempt(() -> {
      OwnerOnly.createDirectory(folder);
      Path copy = folder.resolve(RedisFolders.DUMP);
      Files.copy(run.folder().resolve(RedisFolders.DUMP), copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    });
  }

  private Keys trial(ResourceName name) {
    Run trial = new Run(name, folders.unverified(name), FreePorts.choose(), false, false);
    servers.start(trial, folders.log(name));
    try {
      return servers.ask(name, trial.port(), Keys::of);
    } finally {
      servers.stop(trial);
    }
  }

  private static long size(Path file) {
    return RedisFolders.attempt(() -> Files.size(file));
  }

  private static String hash(Path file) {
    return RedisFolders.attempt(() -> {
      try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
        in.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(in.getMessageDigest().digest());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java platform has SHA-256", e);
      }
    });
  }
}
