package dev.offshoot.provisioner.redis;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.embedded.EmbeddedRedis;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.process.FreePorts;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.provisioner.store.StoreContract;

@SuppressWarnings("NullAway.Init")
class RedisSharedTest implements StoreContract {
  private static final String PASSWORD = "administrators-own";

  @TempDir
  static Path directory;

  private static EmbeddedRedis server;
  private static RedisShared store;

  @BeforeAll
  static void open() {
    server = EmbeddedRedis.start(SharedServers.redisBinary(), directory, FreePorts.choose(), PASSWORD);
    store = new RedisShared(new RedisConfig.Shared("127.0.0.1", server.port(), new Secret(PASSWORD)), CREDENTIALS,
        Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Optional<StoreSnapshot> epoch() {
    return Optional.empty();
  }

  @Override
  public long content(Made made) {
    try (Jedis jedis = login(made)) {
      return jedis.scard(made.coordinates().name() + ":work");
    }
  }

  @Override
  public void work(Made made) {
    try (Jedis jedis = login(made)) {
      jedis.sadd(made.coordinates().name() + ":work", UUID.randomUUID().toString());
    }
  }

  private static Jedis login(Made made) {
    return new Jedis(new HostAndPort(made.coordinates().host(), made.coordinates().port()),
        DefaultJedisClientConfig.builder()
        .user(made.coordinates().user()).password(CREDENTIALS.password(made.owner().name(), StoreKind.REDIS).reveal())
            .build());
  }

  @Test
  void neitherForeignKeysNorTheirNamesAreToBeHad() {
    Made other = made(owner("feature/secret", 1));
    work(other);
    try (Jedis jedis = login(made(owner("feature/curious", 1)))) {
      assertThatThrownBy(() -> jedis.smembers(other.coordinates().name() + ":work")).isInstanceOf(JedisException.class);
      assertThatThrownBy(() -> jedis.scan("0")).isInstanceOf(JedisException.class);
      assertThatThrownBy(() -> jedis.keys("*")).isInstanceOf(JedisException.class);
      assertThatThrownBy(jedis::randomKey).isInstanceOf(JedisException.class);
      assertThatThrownBy(jedis::flushAll).isInstanceOf(JedisException.class);
      assertThatThrownBy(() -> jedis.select(1)).isInstanceOf(JedisException.class);
      assertThatThrownBy(() -> jedis.publish(other.coordinates().name() + ":x", "hi"))
          .isInstanceOf(JedisException.class);
    }
  }

  @Test
  void usersThatTheServerForgotAreMadeAgain() {
    Made made = made(owner("feature/forgotten", 1));
    work(made);
    try (Jedis admin = new Jedis("127.0.0.1", server.port())) {
      admin.auth(PASSWORD);
      admin.aclDelUser(made.coordinates().user());
    }
    assertThatThrownBy(() -> content(made)).isInstanceOf(JedisException.class);
    store.revive();
    assertThat(content(made)).isEqualTo(1);
  }

  @Test
  void keysThatAreNotTextAreKeptAsTheyAre() {
    Made made = made(owner("feature/binary", 1));
    byte[] key = KeyScan.prefixed(made.coordinates().name() + ":", new byte[] {(byte) 0xff, 0, (byte) 0xc3, 10});
    byte[] value = {(byte) 0xfe};
    try (Jedis jedis = login(made)) {
      jedis.set(key, value);
    }
    BackupReceipt receipt = store.snapshot(made.owner()).orElseThrow();
    assertThat(receipt.fingerprint()).isEqualTo("keys=1");
    try (Jedis admin = new Jedis("127.0.0.1", server.port())) {
      admin.auth(PASSWORD);
      assertThat(admin.get(KeyScan.prefixed("offshoot:kept:", key))).isEqualTo(value);
      assertThat(admin.exists(key)).isFalse();
    }
  }
}
