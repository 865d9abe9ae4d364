package dev.offshoot.provisioner.redis;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.process.BoundStarter;
import dev.offshoot.process.RunningProcess;
import dev.offshoot.process.Starter;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.StoreContract.Made;

/** Servers in a folder, and what an environment does with its own. */
final class RedisFixture {
  static final Duration SOON = Duration.ofMinutes(2);

  private RedisFixture() {}

  static RedisProcesses at(Path folder) {
    return at(folder, new BoundStarter());
  }

  static RedisProcesses at(Path folder, Starter starter) {
    return new RedisProcesses(new RedisConfig.Processes(SharedServers.redisBinary(), folder, 16, Optional.empty()),
        CREDENTIALS, Clock.systemUTC(), starter);
  }

  /** With the environment's own password. */
  static Jedis login(Made made) {
    return new Jedis(new HostAndPort(made.coordinates().host(), made.coordinates().port()),
        DefaultJedisClientConfig.builder().password(CREDENTIALS.password(made.owner().name(), StoreKind.REDIS).reveal()).build());
  }

  static long content(Made made) {
    try (Jedis jedis = login(made)) {
      return jedis.scard("work");
    }
  }

  static void work(Made made) {
    try (Jedis jedis = login(made)) {
      jedis.sadd("work", UUID.randomUUID().toString());
      jedis.setex("session", 1000, "x");
    }
  }

  static RunningProcess processOf(Path folder, Owner owner) {
    return new ProcessFile(folder.resolve(owner.name().value())).read().orElseThrow().process();
  }
}
