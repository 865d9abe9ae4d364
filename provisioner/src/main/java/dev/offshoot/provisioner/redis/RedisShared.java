package dev.offshoot.provisioner.redis;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.resps.AccessControlUser;

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
import dev.offshoot.wire.Json;
import dev.offshoot.worker.Failure;

/**
 * A user and a key prefix of the resource's name on one server. A weaker promise than a server each: memory, processor
 * and connections are shared, so one environment can use them up for all. Owner tags and receipts are keys outside of
 * every prefix.
 */
public final class RedisShared implements Store {
  private static final String OWNER = "offshoot:owner:";
  private static final String RECEIPT = "offshoot:receipt:";
  private static final String KEPT = "offshoot:kept:";

  private final HostAndPort server;
  private final Secret password;
  private final Credentials credentials;
  private final Clock clock;
  private final OneAtATime alone = new OneAtATime();

  public RedisShared(RedisConfig.Shared config, Credentials credentials, Clock clock) {
    this.server = new HostAndPort(config.host(), config.port());
    this.password = config.password();
    this.credentials = credentials;
    this.clock = clock;
  }

  private <T> T ask(Function<Jedis, T> question) {
    return RedisClients.ask(server, Optional.empty(), password, question);
  }

  /** Makes the users again that a server without an ACL file has forgotten, by the rule as it is now. */
  public void revive() {
    ask(jedis -> {
      refuseAnOpenDoor(jedis);
      for (String owner : KeyScan.namesAfter(jedis, OWNER)) {
        ResourceName name = new ResourceName(owner);
        if (!jedis.exists(RECEIPT + name)) {
          letIn(jedis, name);
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
    return ask(jedis -> jedis.exists(RECEIPT + owner.name()) ? Optional.empty() : tag(jedis, owner.name())
        .filter(tag -> tag.owner().equals(owner))
        .map(tag -> new Standing(tag, sessions(jedis, owner.name()))));
  }

  private static Optional<OwnerTag> tag(Jedis jedis, ResourceName name) {
    return Optional.ofNullable(jedis.get(OWNER + name)).flatMap(OwnerTag::parse);
  }

  private static int sessions(Jedis jedis, ResourceName name) {
    return (int) jedis.clientList().lines().filter(client -> client.contains(" user=" + name + " ")).count();
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
      if (jedis.exists(RECEIPT + name)) {
        throw new Failure(Failure.Kind.INVALID, "The Redis user " + name + " was destroyed and kept: it is not made again");
      }
      refuseAnOpenDoor(jedis);
      if (!standing && blueprint.from() instanceof Blueprint.Source.Backup(BackupReceipt receipt)) {
        fill(jedis, blueprint.tag().owner(), receipt);
      }
      FaultPoint.at("redis.shared.user.before");
      letIn(jedis, name);
      FaultPoint.at("redis.shared.user.after");
      jedis.set(OWNER + name, blueprint.tag().toJson().toString());
      FaultPoint.at("redis.shared.tag.after");
      return new StoreCoordinates(StoreKind.REDIS, server.getHost(), server.getPort(), name.value(), name.value());
    }));
  }

  private void letIn(Jedis jedis, ResourceName name) {
    jedis.aclSetUser(name.value(), AclRule.of(name, credentials.password(name, StoreKind.REDIS)));
    saveUsers(jedis);
  }

  /** A default user without a password would be every environment's way to all keys. */
  private static void refuseAnOpenDoor(Jedis jedis) {
    AccessControlUser everybody = jedis.aclGetUser("default");
    if (everybody.getFlags().contains("on") && everybody.getFlags().contains("nopass")) {
      throw new Failure(Failure.Kind.DENIED,
          "The shared Redis lets everybody in as its default user; give that a password, and set stores.redis.password to it");
    }
  }

  private static void saveUsers(Jedis jedis) {
    try {
      jedis.aclSave();
    } catch (JedisDataException withoutAnAclFile) {
      // then they live as long as the server, and revive() makes them again
      return;
    }
  }

  @Override
  public Optional<BackupReceipt> snapshot(Owner owner) {
    ResourceName name = owner.name();
    return alone.work(owner, () -> ask(jedis -> {
      Optional<BackupReceipt> before = receipt(jedis, name);
      if (before.isPresent() || !jedis.exists(OWNER + name)) {
        return before;
      }
      refuseUnlessOurs(jedis, owner);
      shutOut(jedis, name);
      FaultPoint.at("redis.shared.closed");
      long kept = KeyScan.startingWith(jedis, KEPT + name + ":").size() + moveAway(jedis, name);
      long counted = KeyScan.startingWith(jedis, KEPT + name + ":").size();
      if (counted != kept || !KeyScan.startingWith(jedis, name + ":").isEmpty()) {
        throw new Failure(Failure.Kind.INVALID, "Of " + kept + " keys of " + name + " " + counted
            + " are kept; nothing is removed");
      }
      BackupReceipt receipt = new BackupReceipt(StoreKind.REDIS, owner.incarnation(), KEPT + name, 0, "keys=" + counted,
          "renamed on the server and counted", clock.instant(), tag(jedis, name).map(OwnerTag::epoch).map(Keeping::retained));
      FaultPoint.at("redis.shared.receipt.before");
      jedis.set(RECEIPT + name, json(receipt));
      FaultPoint.at("redis.shared.receipt.after");
      return Optional.of(receipt);
    }));
  }

  /** What is kept does not expire. */
  private static long moveAway(Jedis jedis, ResourceName name) {
    long moved = 0;
    for (byte[] key : KeyScan.startingWith(jedis, name + ":")) {
      byte[] kept = KeyScan.prefixed(KEPT, key);
      try {
        jedis.rename(key, kept);
        FaultPoint.at("redis.shared.key.renamed");
        jedis.persist(kept);
        moved++;
      } catch (JedisDataException expiredMeanwhile) {
        if (jedis.exists(key)) {
          throw expiredMeanwhile;
        }
      }
    }
    return moved;
  }

  /** Copies what was kept of another incarnation; that stays. What an attempt that was killed has left goes first. */
  private static void fill(Jedis jedis, Owner owner, BackupReceipt receipt) {
    String from = KEPT + new Owner(owner.repository(), owner.environment(), receipt.incarnation()).name() + ":";
    KeyScan.startingWith(jedis, owner.name() + ":").forEach(jedis::unlink);
    FaultPoint.at("redis.shared.fill.before");
    long copied = 0;
    for (byte[] kept : KeyScan.startingWith(jedis, from)) {
      byte[] rest = Arrays.copyOfRange(kept, from.length(), kept.length);
      copied += jedis.copy(kept, KeyScan.prefixed(owner.name() + ":", rest), true) ? 1 : 0;
    }
    FaultPoint.at("redis.shared.fill.after");
    if (!receipt.fingerprint().equals("keys=" + copied)) {
      throw new Failure(Failure.Kind.INVALID, "Of the keys kept as " + receipt.kept() + " " + copied + " are there instead of "
          + receipt.fingerprint() + ": they can't be restored");
    }
  }

  private static void shutOut(Jedis jedis, ResourceName name) {
    if (jedis.aclUsers().contains(name.value())) {
      jedis.aclSetUser(name.value(), "off");
      jedis.clientKill(new ClientKillParams().user(name.value()));
    }
  }

  @Override
  public void delete(Owner owner, Removal removal) {
    ResourceName name = owner.name();
    alone.work(owner, () -> ask(jedis -> {
      if (removal instanceof Removal.Expired) {
        dropKept(jedis, name);
        return true;
      }
      refuseUnlessRemovable(jedis, owner, removal);
      if (removal instanceof Removal.NeverUsable) {
        KeyScan.startingWith(jedis, name + ":").forEach(jedis::unlink);
      }
      shutOut(jedis, name);
      FaultPoint.at("redis.shared.delete.before");
      jedis.aclDelUser(name.value());
      saveUsers(jedis);
      FaultPoint.at("redis.shared.user.deleted");
      jedis.del(OWNER + name);
      FaultPoint.at("redis.shared.delete.after");
      return true;
    }));
  }

  /** The receipt last: as long as it is there something may be kept. */
  private static void dropKept(Jedis jedis, ResourceName name) {
    FaultPoint.at("redis.shared.kept.remove.before");
    KeyScan.startingWith(jedis, KEPT + name + ":").forEach(jedis::unlink);
    FaultPoint.at("redis.shared.kept.removed");
    jedis.del(RECEIPT + name);
    FaultPoint.at("redis.shared.kept.remove.after");
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
        refuseUnlessKept(jedis, owner, receipt);
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

  private static void refuseUnlessKept(Jedis jedis, Owner owner, BackupReceipt receipt) {
    boolean holds = receipt(jedis, owner.name())
        .filter(real -> real.kind() == receipt.kind() && real.incarnation().equals(receipt.incarnation())
            && real.kept().equals(receipt.kept()) && real.fingerprint().equals(receipt.fingerprint()))
        .isPresent();
    if (!holds) {
      throw new Failure(Failure.Kind.INVALID, "The Redis keys of " + owner
          + " are not removed: there is no verified backup of them");
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
      for (String name : KeyScan.namesAfter(jedis, RECEIPT)) {
        Owner.named(name, repository, environment)
            .ifPresent(owner -> found.add(new Found(owner, Condition.KEPT)));
      }
      return Found.onePerOwner(found);
    });
  }

  private static Optional<BackupReceipt> receipt(Jedis jedis, ResourceName name) {
    return Optional.ofNullable(jedis.get(RECEIPT + name)).map(text -> {
      try {
        return Json.mapper().readValue(text, BackupReceipt.class);
      } catch (JsonProcessingException e) {
        throw new Failure(Failure.Kind.INVALID, "The receipt of " + name + " cannot be read: "
            + e.getOriginalMessage(), e);
      }
    });
  }

  private static String json(BackupReceipt receipt) {
    try {
      return Json.mapper().writeValueAsString(receipt);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A receipt can be written as JSON", e);
    }
  }
}
