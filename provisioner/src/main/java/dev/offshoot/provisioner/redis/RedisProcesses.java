package dev.offshoot.provisioner.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.process.FreePorts;
import dev.offshoot.provisioner.redis.RedisFolders.Placed;
import dev.offshoot.provisioner.redis.RedisServers.Run;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Found.Condition;
import dev.offshoot.provisioner.store.OneAtATime;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

/** A small server process per environment, which ends with this process and is found again by its folder. */
public final class RedisProcesses implements Store, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisProcesses.class);

  private final RedisFolders folders;
  private final RedisServers servers;
  private final RedisBackups backups;
  private final FolderLock lock;
  private final Duration patience;
  private final OneAtATime alone = new OneAtATime();

  public RedisProcesses(RedisConfig.Processes config, Credentials credentials, Clock clock) {
    this(config, credentials, clock, RedisServers.PATIENCE);
  }

  /** @param patience how long a process that held the folder is waited for before the start goes on without its servers */
  RedisProcesses(RedisConfig.Processes config, Credentials credentials, Clock clock, Duration patience) {
    this.folders = new RedisFolders(config.directory());
    this.servers = new RedisServers(config, credentials);
    this.backups = new RedisBackups(folders, servers, clock);
    this.lock = new FolderLock(folders.root());
    this.patience = patience;
  }

  /**
   * Starts every server that the folder tells of and that was not closed, each on the port it had. Those of another
   * living process are left to it until it ends.
   */
  public void revive() {
    if (lock.await(patience)) {
      reviveAll();
      return;
    }
    LOG.atWarn().addKeyValue("folder", folders.root())
        .log("Another living process has the environments' Redis servers; they are taken over once it ends");
    Thread.ofVirtual().name("redis-take-over").start(() -> {
      if (lock.await(Duration.ofDays(10_000))) {
        reviveAll();
      }
    });
  }

  private void reviveAll() {
    for (String name : folders.serverNames()) {
      folders.find(new ResourceName(name)).map(placed -> placed.tag().owner()).ifPresent(owner -> alone.work(owner, () -> {
        folders.find(owner.name()).filter(found -> folders.receipt(found.name()).isEmpty()).ifPresent(this::reviveOne);
        return true;
      }));
    }
  }

  private void reviveOne(Placed placed) {
    try {
      servers.takeOver(run(placed), folders.log(placed.name()));
    } catch (Failure e) {
      LOG.atError().addKeyValue("environment", placed.tag().owner().environment()).setCause(e)
          .log("Its Redis could not be started");
    }
  }

  private Run run(Placed placed) {
    return new Run(placed.name(), folders.server(placed.name()), placed.port(), true, true);
  }

  @Override
  public StoreKind kind() {
    return StoreKind.REDIS;
  }

  @Override
  public Optional<Standing> find(Owner owner) {
    return folders.find(owner.name())
        .filter(placed -> placed.tag().owner().equals(owner) && folders.receipt(owner.name()).isEmpty())
        .map(placed -> new Standing(placed.tag(), sessions(placed)));
  }

  private int sessions(Placed placed) {
    if (!servers.answers(run(placed))) {
      return 0;
    }
    return servers.ask(placed.name(), placed.port(),
        jedis -> (int) jedis.clientList().lines().filter(client -> client.contains(" user=default ")).count());
  }

  @Override
  public StoreCoordinates ensure(Blueprint blueprint) {
    return alone.work(blueprint.tag().owner(), () -> {
      Optional<Placed> before = folders.find(blueprint.name());
      if (before.filter(placed -> !placed.tag().equals(blueprint.tag())).isPresent()) {
        throw new Failure(Failure.Kind.INVALID, "A Redis folder " + blueprint.name()
            + " is there already and was not made by this intent; look what it is, then move it away");
      }
      if (folders.receipt(blueprint.name()).isPresent()) {
        throw new Failure(Failure.Kind.INVALID, "The Redis of " + blueprint.tag().owner()
            + " was destroyed and kept: it is not made again");
      }
      Placed placed = before.orElseGet(() -> new Placed(blueprint.tag(), FreePorts.choose()));
      if (before.isEmpty()) {
        FaultPoint.at("redis.place.before");
        folders.place(placed);
        FaultPoint.at("redis.place.after");
      }
      if (!servers.answers(run(placed)) && !FreePorts.isFree(placed.port())) {
        // nobody was told of the port yet, and somebody else has taken it
        placed = new Placed(blueprint.tag(), FreePorts.choose());
        folders.place(placed);
      }
      servers.start(run(placed), folders.log(placed.name()));
      return new StoreCoordinates(StoreKind.REDIS, RedisServers.LOOPBACK, placed.port(), "", "");
    });
  }

  @Override
  public Optional<BackupReceipt> snapshot(Owner owner) {
    return alone.work(owner, () -> {
      Optional<Placed> placed = folders.find(owner.name());
      Optional<BackupReceipt> receipt = folders.receipt(owner.name());
      if (receipt.isEmpty() && placed.isPresent()) {
        receipt = Optional.of(backups.keep(run(owned(placed.get(), owner)), owner, placed.get().tag().epoch()));
      }
      FaultPoint.at("redis.close.before");
      placed.ifPresent(closed -> servers.stop(run(closed)));
      FaultPoint.at("redis.close.after");
      return receipt;
    });
  }

  @Override
  public void delete(Owner owner, Removal removal) {
    alone.work(owner, () -> {
      if (removal instanceof Removal.Expired) {
        backups.drop(owner);
        return true;
      }
      Optional<Placed> placed = folders.find(owner.name()).map(found -> owned(found, owner));
      if (removal instanceof Removal.Kept(BackupReceipt receipt) && !backups.holds(owner, receipt)) {
        throw new Failure(Failure.Kind.INVALID, "The Redis of " + owner
            + " is not removed: there is no verified backup of it");
      }
      FaultPoint.at("redis.delete.before");
      placed.ifPresent(found -> servers.stop(run(found)));
      folders.delete(folders.server(owner.name()));
      FaultPoint.at("redis.delete.removed");
      folders.delete(folders.unverified(owner.name()));
      FaultPoint.at("redis.delete.after");
      return true;
    });
  }

  private static Placed owned(Placed placed, Owner owner) {
    if (!placed.tag().owner().equals(owner)) {
      throw new Failure(Failure.Kind.INVALID, "The Redis folder " + owner.name()
          + " is not tagged as ours: it is left alone");
    }
    return placed;
  }

  @Override
  public List<Found> list(RepositoryKey repository, EnvironmentId environment) {
    List<Found> found = new ArrayList<>();
    for (String name : folders.serverNames()) {
      Owner.named(name, repository, environment).ifPresent(owner -> found.add(
          new Found(owner, folders.find(owner.name()).isPresent() ? Condition.STANDING : Condition.UNFINISHED)));
    }
    for (String name : folders.keptNames()) {
      Owner.named(name, repository, environment).ifPresent(owner -> found.add(new Found(owner, Condition.KEPT)));
    }
    return Found.onePerOwner(found);
  }

  @Override
  public void close() {
    servers.close();
    lock.close();
  }
}
