package dev.offshoot.provisioner.redis;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.resps.AccessControlUser;

import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.worker.Failure;

/** The users of a shared server: one of each environment, of the resource's name. */
final class SharedUsers {
  private final Credentials credentials;

  SharedUsers(Credentials credentials) {
    this.credentials = credentials;
  }

  /** A default user without a password would be every environment's way to all keys. */
  static void refuseAnOpenDoor(Jedis jedis) {
    AccessControlUser everybody = jedis.aclGetUser("default");
    if (everybody.getFlags().contains("on") && everybody.getFlags().contains("nopass")) {
      throw new Failure(Failure.Kind.DENIED,
          "The shared Redis lets everybody in as its default user; give that a password, and set stores.redis.password to it");
    }
  }

  /** Made, or given the rule as it is now. */
  void letIn(Jedis jedis, ResourceName name) {
    jedis.aclSetUser(name.value(), AclRule.of(name, credentials.password(name, StoreKind.REDIS)));
    save(jedis);
  }

  /** The user stays, and its sessions end. */
  static void shutOut(Jedis jedis, ResourceName name) {
    if (jedis.aclUsers().contains(name.value())) {
      jedis.aclSetUser(name.value(), "off");
      jedis.clientKill(new ClientKillParams().user(name.value()));
    }
  }

  static void remove(Jedis jedis, ResourceName name) {
    jedis.aclDelUser(name.value());
    save(jedis);
  }

  static int sessions(Jedis jedis, ResourceName name) {
    return (int) jedis.clientList().lines().filter(client -> client.contains(" user=" + name + " ")).count();
  }

  private static void save(Jedis jedis) {
    try {
      jedis.aclSave();
    } catch (JedisDataException withoutAnAclFile) {
      // then they live as long as the server, and are made again from the owners' tags
      return;
    }
  }
}
