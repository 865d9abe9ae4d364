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
import dev.offshoot.process.FreeStarter;
import dev.offshoot.process.KeptStarter;
import dev.offshoot.process.Starter;
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

/**
 * A small server process per environment. It outlives this process and is found again by its folder; started by {@code
 * up} it ends with that. One that dies alone is started again.
 */
public final class RedisProcesses implements Store, AutoCloseable {
  private static final Duration FOREVER = Duration.ofDays(10_000);
  private static final Logger LOG = LoggerFactory.getLogger(RedisProcesses.class);

  private final RedisFolders folders;
  private final RedisServers servers;
  private final RedisBackups backups;
  private final FolderLock lock;
  private final OneAtATime alone = new OneAtATime();
  private Optional<Thread> watch = Optional.empty();

  public RedisProcesses(RedisConfig.Processes config, Credentials credentials, Clock clock) {
    this(config, credentials, clock,
        config.keeper().<Starter>map(KeptStarter::new).orElseGet(FreeStarter::new));
  }

  /** @param starter decides what the servers end with */
  RedisProcesses(RedisConfig.Processes config, Credentials credentials, Clock clock, Starter starter) {
    this.folders = new RedisFolders(config.directory());
    this.servers = new RedisServers(config, credentials, starter);
    this.backups = new RedisBackups(folders, servers, clock);
    this.lock = new FolderLock(folders.root());
  }

  /**
   * Starts every server that the folder tells of, that was not closed and that does not run, each on the port it had, and
   * from then on those that die. Of several living processes one does so; another takes it over once that has ended.
   */
  public synchronized void revive() {
    boolean first = lock.await(Duration.ZERO);
    if (first) {
      reviveAll();
    } else {
      LOG.atInfo().addKeyValue("folder", folders.root()).log("Another living process watches the Redis servers");
    }
    watch = Optional.of(Thread.ofVirtual().name("redis-watch").start(() -> {
      if (!first && lock.await(FOREVER)) {
        reviveAll();
      }
      new RedisWatch(() -> folders.open().stream().map(Placed::name).toList(), this::isDead, this::startAgain).run();
    }));
  }

  private void reviveAll() {
    for (Placed placed : folders.open()) {
      alone.work(placed.tag().owner(), () -> {
        folders.find(placed.name()).filter(found -> !folders.isClosed(found.name())).ifPresent(this::reviveOne);
        return true;
      });
    }
  }

  private void reviveOne(Placed placed) {
    try {
      servers.revive(run(placed), folders.log(placed.name()));
    } catch (Failure e) {
      LOG.atError().addKeyValue("environment", placed.tag().owner().environment()).setCause(e)
          .log("Its Redis could not be started");
    }
  }

  private boolean isDead(ResourceName name) {
    return folders.find(name).filter(placed -> !servers.runs(run(placed))).isPresent();
  }

  private void startAgain(ResourceName name) {
    folders.find(name).ifPresent(placed -> alone.work(placed.tag().owner(), () -> {
      folders.find(name).filter(_ -> !folders.isClosed(name)).ifPresent(this::startOpen);
      return true;
    }));
  }

  /** Who closes it marks it first and then stops what runs: a start that did not see the mark is undone here. */
  private void startOpen(Placed placed) {
    servers.start(run(placed), folders.log(placed.name()));
    if (folders.isClosed(placed.name()) || folders.find(placed.name()).isEmpty()) {
      servers.stop(run(placed));
      throw new Failure(Failure.Kind.BUSY, "The Redis of " + placed.tag().owner() + " was closed meanwhile");
    }
  }

  private Run run(Placed placed) {
    return new Run(placed.name(), folders.server(placed.name()), placed.port(), !folders.isClosed(placed.name()), true);
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
      ResourceName name = blueprint.name();
      Optional<Placed> before = folders.find(name);
      if (before.filter(placed -> !placed.tag().equals(blueprint.tag())).isPresent()) {
        throw new Failure(Failure.Kind.INVALID, "A Redis folder " + blueprint.name()
            + " is there already and was not made by this intent; look what it is, then move it away");
      }
      if (folders.receipt(name).isPresent() || before.filter(_ -> folders.isClosed(name)).isPresent()) {
        throw new Failure(Failure.Kind.INVALID, "The Redis of " + blueprint.tag().owner()
            + " was destroyed, or is being destroyed: it is not made again");
      }
      if (before.isEmpty() && blueprint.from() instanceof Blueprint.Source.Backup(BackupReceipt receipt)) {
        backups.fill(blueprint.tag().owner(), receipt);
      }
      Placed placed = before.orElseGet(() -> place(blueprint));
      if (!placed.tag().equals(blueprint.tag())) {
        throw new Failure(Failure.Kind.BUSY, "Another intent has just made the Redis folder " + name);
      }
      if (!servers.runs(run(placed)) && !servers.answers(run(placed)) && !FreePorts.isFree(placed.port())) {
        placed = new Placed(blueprint.tag(), FreePorts.choose());
        folders.move(placed);
      }
      startOpen(placed);
      return new StoreCoordinates(StoreKind.REDIS, RedisServers.LOOPBACK, placed.port(), "", "");
    });
  }

  private Placed place(Blueprint blueprint) {
    FaultPoint.at("redis.place.before");
    Placed placed = folders.place(new Placed(blueprint.tag(), FreePorts.choose()));
    FaultPoint.at("redis.place.after");
    return placed;
  }

  @Override
  public Optional<BackupReceipt> snapshot(Owner owner) {
    return alone.work(owner, () -> {
      Optional<Placed> placed = folders.find(owner.name());
      Optional<BackupReceipt> receipt = folders.receipt(owner.name());
      if (receipt.isEmpty() && placed.isPresent()) {
        Run run = run(owned(placed.get(), owner));
        folders.close(owner.name());
        FaultPoint.at("redis.close.marked");
        receipt = Optional.of(backups.keep(run, owner, placed.get().tag().epoch()));
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
      check(owner, removal);
      Optional<Placed> placed = folders.find(owner.name());
      FaultPoint.at("redis.delete.before");
      placed.ifPresent(found -> {
        folders.close(found.name());
        FaultPoint.at("redis.delete.marked");
        servers.stop(run(found));
      });
      folders.remove(owner.name());
      FaultPoint.at("redis.delete.removed");
      folders.delete(folders.unverified(owner.name()));
      FaultPoint.at("redis.delete.after");
      return true;
    });
  }

  @Override
  public void check(Owner owner, Removal removal) {
    switch (removal) {
      case Removal.Kept(BackupReceipt receipt) -> {
        folders.find(owner.name()).ifPresent(found -> owned(found, owner));
        if (!backups.holds(owner, receipt)) {
          throw new Failure(Failure.Kind.INVALID, "The Redis of " + owner
              + " is not removed: there is no verified backup of it");
        }
      }
      case Removal.NeverUsable() -> folders.find(owner.name()).ifPresent(found -> owned(found, owner));
      case Removal.Expired _ -> { }
    }
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

  /** The servers go on; only nobody here looks after them any more. */
  @Override
  public synchronized void close() {
    watch.ifPresent(Thread::interrupt);
    lock.close();
  }
}
