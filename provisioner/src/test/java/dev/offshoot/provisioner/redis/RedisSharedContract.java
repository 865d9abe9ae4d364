package dev.offshoot.provisioner.redis;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.process.FreePorts;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.provisioner.store.StoreContract;

/** The contract on a server whose default user is the administrator. */
interface RedisSharedContract extends StoreContract {
  RedisConfig.Shared server();

  static RedisShared at(RedisConfig.Shared server) {
    return new RedisShared(server, CREDENTIALS, Clock.systemUTC());
  }

  @Override
  default Store store() {
    return at(server());
  }

  @Override
  default Optional<StoreSnapshot> epoch() {
    return Optional.empty();
  }

  @Override
  default long content(Made made) {
    try (Jedis jedis = login(made)) {
      return jedis.scard(made.coordinates().name() + ":work");
    }
  }

  @Override
  default void work(Made made) {
    try (Jedis jedis = login(made)) {
      jedis.sadd(made.coordinates().name() + ":work", UUID.randomUUID().toString());
    }
  }

  @Override
  default void leaveHalfMade(Owner owner) {
    try (Jedis admin = new Jedis(server().host(), server().port())) {
      admin.auth(server().password().reveal());
      admin.aclSetUser(owner.name().value(), "on", "~*", "+@all");
    }
  }

  /** As the environment. */
  default Jedis login(Made made) {
    return new Jedis(new HostAndPort(made.coordinates().host(), made.coordinates().port()), DefaultJedisClientConfig.builder()
        .user(made.coordinates().user()).password(CREDENTIALS.password(made.owner().name(), StoreKind.REDIS).reveal()).build());
  }

  @Override
  default Optional<Store> refused() {
    return Optional.of(at(new RedisConfig.Shared(server().host(), server().port(), new Secret("not-the-administrators"))));
  }

  @Override
  default Store away() {
    return at(new RedisConfig.Shared("127.0.0.1", FreePorts.choose(), server().password()));
  }

  @Override
  default Optional<Store> throttled() {
    return Optional.empty();
  }
}
