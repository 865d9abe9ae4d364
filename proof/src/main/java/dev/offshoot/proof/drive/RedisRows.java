package dev.offshoot.proof.drive;

import redis.clients.jedis.Jedis;

import dev.offshoot.config.OffshootConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.Stores;

/** What an application would keep in its environment's Redis. */
final class RedisRows {
  private static final int KEYS = 3;

  private RedisRows() {
  }

  /** Writes them as the environment does, with its own password. */
  static void write(OffshootConfig config, Stores stores, ResourceName name) {
    StoreCoordinates redis = stores.of(StoreKind.REDIS).orElseThrow();
    String password = new Credentials(config.credentials()).password(name, StoreKind.REDIS).reveal();
    try (Jedis jedis = new Jedis(redis.host(), redis.port())) {
      if (redis.user().isEmpty()) {
        jedis.auth(password);
      } else {
        jedis.auth(redis.user(), password);
      }
      for (int i = 0; i < KEYS; i++) {
        jedis.set((redis.name().isEmpty() ? "" : redis.name() + ":") + "basket-" + i, "kept");
      }
    }
  }
}
