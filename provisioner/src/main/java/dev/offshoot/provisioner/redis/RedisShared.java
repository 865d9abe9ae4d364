package dev.offshoot.provisioner.redis;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Keeping;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Found.Condition;
import dev.offshoot.provisioner.store.OneAtATime;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

/**
 * A user and a key prefix of the resource's name on one server. A weaker promise than a server each: memory, processor
 * and connections are shared, so one environment can use them up for all. Owner tags and receipts are keys outside of
 * every prefix.
 */
public final class RedisShared implements Store {
  private static final String OWNER = "offshoot:owner:";

  private final HostAndPort server;
  private final Secret password;
  private final SharedUsers users;
  private final Clock clock;
  private final OneAtATime alone = new OneAtATime();

  public RedisShared(RedisConfig.Shared config, Credentials credentials, Clock clock) {
    this.server = new HostAndPort(config.host(), config.port());
    this.password = config.password();
    this.users = new SharedUsers(credentials);
    this.clock = clock;
  }

  private <T> T ask(Function<Jedis, T> question) {
    return RedisClients.ask(server, Optional.empty(), password, question);
  }

  /** Makes the users again that a server without an ACL file has forgotten, by the rule as it is now. */
  public void revive() {
    ask(jedis -> {
      SharedUsers.refuseAnOpenDoor(jedis);
      for (String owner : KeyScan.namesAfter(jedis, OWNER)) {
        ResourceName name = new ResourceName(owner);
        if (!new KeptKeys(jedis, name).areReceipted()) {
          users.letIn(jedis, name);
        }
      }
      return true;
    });
  }

  @Override
  public StoreKind kind() {
    return StoreKind.REDIS;
  }

  @Override
  public Optional<Standing> find(Owner owner) {
    return ask(jedis -> new KeptKeys(jedis, owner.name()).areReceipted() ? Optional.empty() : tag(jedis, owner.name())
        .filter(tag -> tag.owner().equals(owner))
        .map(tag -> new Standing(tag, SharedUsers.sessions(jedis, owner.name()))));
  }

  private static Optional<OwnerTag> tag(Jedis jedis, ResourceName name) {
    return Optional.ofNullable(jedis.get(OWNER + name)).flatMap(OwnerTag::parse);
  }

  @Override
  public StoreCoordinates ensure(Blueprint blueprint) {
    ResourceName name = blueprint.name();
    return alone.work(blueprint.tag().owner(), () -> ask(jedis -> {
      boolean standing = jedis.exists(OWNER + name);
      if (standing && tag(jedis, name).filter(blueprint.tag()::equals).isEmpty()) {
        throw new Failure(Failure.Kind.INVALID, "A Redis user " + name
            + " is there already and was not made by this intent");
      }
      if (new KeptKeys(jedis, name).areReceipted()) {
        throw new Failure(Failure.Kind.INVALID, "The Redis user " + name + " was destroyed and kept: it is not made again");
      }
      SharedUsers.refuseAnOpenDoor(jedis);
      if (!standing && blueprint.from() instanceof Blueprint.Source.Backup(BackupReceipt receipt)) {
        kept(jedis, blueprint.tag().owner(), receipt).copyTo(name, receipt);
      }
      FaultPoint.at("redis.shared.user.before");
      users.letIn(jedis, name);
      FaultPoint.at("redis.shared.user.after");
      jedis.set(OWNER + name, blueprint.tag().toJson().toString());
      FaultPoint.at("redis.shared.tag.after");
      return new StoreCoordinates(StoreKind.REDIS, server.getHost(), server.getPort(), name.value(), name.value());
    }));
  }

  private static KeptKeys kept(Jedis jedis, Owner next, BackupReceipt receipt) {
    return new KeptKeys(jedis, new Owner(next.repository(), next.environment(), receipt.incarnation()).name());
  }

  @Override
  public Optional<BackupReceipt> snapshot(Owner owner) {
    ResourceName name = owner.name();
    return alone.work(owner, () -> ask(jedis -> {
      KeptKeys kept = new KeptKeys(jedis, name);
      Optional<BackupReceipt> before = kept.receipt();
      if (before.isPresent() || !jedis.exists(OWNER + name)) {
        return before;
      }
      refuseUnlessOurs(jedis, owner);
      SharedUsers.shutOut(jedis, name);
      FaultPoint.at("redis.shared.closed");
      BackupReceipt receipt = new BackupReceipt(StoreKind.REDIS, owner.incarnation(), kept.place(), 0, "keys=" + kept.takeOver(),
          "renamed on the server and counted", clock.instant(), tag(jedis, name).map(OwnerTag::epoch).map(Keeping::retained));
      kept.receipted(receipt);
      return Optional.of(receipt);
    }));
  }

  @Override
  public void delete(Owner owner, Removal removal) {
    ResourceName name = owner.name();
    alone.work(owner, () -> ask(jedis -> {
      if (removal instanceof Removal.Expired) {
        new KeptKeys(jedis, name).remove();
        return true;
      }
      refuseUnlessRemovable(jedis, owner, removal);
      if (removal instanceof Removal.NeverUsable) {
        KeyScan.startingWith(jedis, name + ":").forEach(jedis::unlink);
      }
      SharedUsers.shutOut(jedis, name);
      FaultPoint.at("redis.shared.delete.before");
      SharedUsers.remove(jedis, name);
      FaultPoint.at("redis.shared.user.deleted");
      jedis.del(OWNER + name);
      FaultPoint.at("redis.shared.delete.after");
      return true;
    }));
  }

  @Override
  public void check(Owner owner, Removal removal) {
    var _ = ask(jedis -> {
      refuseUnlessRemovable(jedis, owner, removal);
      return true;
    });
  }

  private static void refuseUnlessRemovable(Jedis jedis, Owner owner, Removal removal) {
    switch (removal) {
      case Removal.Kept(BackupReceipt receipt) -> {
        refuseUnlessOurs(jedis, owner);
        new KeptKeys(jedis, owner.name()).refuseUnless(owner, receipt);
      }
      case Removal.NeverUsable() -> refuseUnlessOurs(jedis, owner);
      case Removal.Expired _ -> { }
    }
  }

  private static void refuseUnlessOurs(Jedis jedis, Owner owner) {
    if (jedis.exists(OWNER + owner.name()) && tag(jedis, owner.name()).filter(tag -> tag.owner().equals(owner))
        .isEmpty()) {
      throw new Failure(Failure.Kind.INVALID, "The Redis user " + owner.name()
          + " is not tagged as ours: it is left alone");
    }
  }

  @Override
  public List<Found> list(RepositoryKey repository, EnvironmentId environment) {
    return ask(jedis -> {
      List<Found> found = new ArrayList<>();
      for (String user : jedis.aclUsers()) {
        Owner.named(user, repository, environment).ifPresent(owner -> found.add(new Found(owner,
            Condition.UNFINISHED)));
      }
      for (String name : KeyScan.namesAfter(jedis, OWNER)) {
        Owner.named(name, repository, environment)
            .ifPresent(owner -> found.add(new Found(owner, Condition.STANDING)));
      }
      for (String name : KeptKeys.names(jedis)) {
        Owner.named(name, repository, environment)
            .ifPresent(owner -> found.add(new Found(owner, Condition.KEPT)));
      }
      return Found.onePerOwner(found);
    });
  }
}
