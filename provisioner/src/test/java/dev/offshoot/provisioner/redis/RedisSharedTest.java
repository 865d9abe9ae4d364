package dev.offshoot.provisioner.redis;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisException;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.config.Secret;
import dev.offshoot.embedded.EmbeddedRedis;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.process.FreePorts;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Failure;

@SuppressWarnings("NullAway.Init")
class RedisSharedTest implements RedisSharedContract {
  private static final String PASSWORD = "administrators-own";

  @TempDir
  static Path directory;

  private static EmbeddedRedis server;
  private static RedisShared store;
  /** Takes nobody in beside its one guest. */
  private static EmbeddedRedis crowded;
  private static Jedis guest;

  @BeforeAll
  static void open() {
    server = EmbeddedRedis.start(SharedServers.redisBinary(), directory, FreePorts.choose(), PASSWORD);
    store = at(server.port(), PASSWORD);
    crowded = EmbeddedRedis.start(SharedServers.redisBinary(), directory.resolve("crowded"), FreePorts.choose(), PASSWORD);
    guest = new Jedis("127.0.0.1", crowded.port());
    guest.auth(PASSWORD);
    guest.configSet("maxclients", "1");
  }

  @AfterAll
  static void close() {
    guest.close();
    crowded.close();
    server.close();
  }

  @Override
  public RedisConfig.Shared server() {
    return new RedisConfig.Shared("127.0.0.1", server.port(), new Secret(PASSWORD));
  }

  @Override
  public Store store() {
    return store;
  }

  private static RedisShared at(int port, String password) {
    return new RedisShared(new RedisConfig.Shared("127.0.0.1", port, new Secret(password)), CREDENTIALS, Clock.systemUTC());
  }

  @Override
  public Optional<Store> throttled() {
    return Optional.of(at(crowded.port(), PASSWORD));
  }

  @Test
  void whatWasKeptIsRestoredAsTheNextIncarnation() throws Exception {
    Made made = made(owner("feature/brought-back", 1));
    work(made);
    long before = content(made);
    BackupReceipt receipt = store().snapshot(made.owner()).orElseThrow();
    store().delete(made.owner(), new Removal.Kept(receipt));
    Owner next = owner("feature/brought-back", 2);
    Blueprint again = new Blueprint(new OwnerTag(next, EPOCH, INTENT), new Blueprint.Source.Backup(receipt));
    Made restored = new Made(next, store().ensure(again));
    assertThat(content(restored)).isEqualTo(before);
    work(restored);
    assertThat(store().ensure(again)).isEqualTo(restored.coordinates());
    assertThat(content(restored)).isEqualTo(before + 1);
    store().delete(made.owner(), new Removal.Expired(receipt));
    assertThat(store().list(made.owner().repository(), made.owner().environment())).hasSize(1);
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

  @ParameterizedTest
  @ValueSource(strings = {
      "SCAN 0", "KEYS *", "RANDOMKEY", "DBSIZE", "SELECT 1", "SWAPDB 0 1", "MOVE own:a 1", "COPY own:a own:b DB 1",
      "FLUSHDB", "FLUSHALL", "EVAL return(1) 0", "SCRIPT FLUSH", "FUNCTION FLUSH", "FCALL f 0", "BLPOP own:a 1",
      "XREAD BLOCK 1 STREAMS own:a 0", "CONFIG GET dir", "ACL LIST", "ACL SETUSER x on", "MONITOR", "INFO",
      "CLIENT LIST", "CLIENT KILL TYPE normal", "CLIENT TRACKING ON BCAST", "PUBSUB CHANNELS", "MEMORY DOCTOR",
      "SHUTDOWN NOSAVE", "REPLICAOF 127.0.0.1 1", "MIGRATE 127.0.0.1 1 own:a 0 1", "MODULE LIST",
      "SORT own:a BY other:*", "RESTORE own:b 0 x", "LASTSAVE", "SLOWLOG GET", "LATENCY LATEST", "SAVE", "PSYNC ? -1",
      "PSUBSCRIBE *", "SUBSCRIBE other:x", "GET other:a", "RENAME own:a other:a", "OBJECT ENCODING other:a"})
  void isDenied(String line) {
    Made made = made(owner("feature/denied", 1));
    String[] words = line.replace("own:", made.coordinates().name() + ":").split(" ", -1);
    String[] arguments = Arrays.copyOfRange(words, 1, words.length);
    try (Jedis jedis = login(made)) {
      assertThatThrownBy(() -> jedis.sendCommand(() -> words[0].getBytes(StandardCharsets.UTF_8), arguments))
          .as(line).isInstanceOf(JedisAccessControlException.class);
    }
  }

  @Test
  void whatApplicationsDoWithTheirOwnKeysIsAllowed() {
    Made made = made(owner("feature/ordinary", 1));
    String own = made.coordinates().name() + ":";
    try (Jedis jedis = login(made)) {
      assertThat(jedis.ping()).isEqualTo("PONG");
      assertThat(jedis.setex(own + "a", 100, "1")).isEqualTo("OK");
      assertThat(jedis.incr(own + "a")).isEqualTo(2);
      assertThat(jedis.hset(own + "h", "f", "v")).isEqualTo(1);
      assertThat(jedis.hscan(own + "h", "0").getResult()).hasSize(1);
      assertThat(jedis.zadd(own + "z", 1, "m")).isEqualTo(1);
      assertThat(jedis.xadd(own + "x", StreamEntryID.NEW_ENTRY, Map.of("k", "v"))).isNotNull();
      assertThat(jedis.publish(own + "news", "hi")).isZero();
      assertThat(jedis.clientSetname("app")).isEqualTo("OK");
      try (Transaction transaction = jedis.multi()) {
        transaction.rpush(own + "l", "1", "2");
        assertThat(transaction.exec()).containsExactly(2L);
      }
      assertThat(jedis.rename(own + "l", own + "m")).isEqualTo("OK");
      assertThat(jedis.del(own + "m")).isEqualTo(1);
    }
  }

  @Test
  void whatAUserWasAllowedBeforeIsTakenAway() {
    Made made = made(owner("feature/widened", 1));
    try (Jedis admin = new Jedis("127.0.0.1", server.port())) {
      admin.auth(PASSWORD);
      admin.aclSetUser(made.coordinates().user(), "~*", "+@all", ">another");
    }
    store.ensure(blueprint(made.owner()));
    try (Jedis jedis = login(made)) {
      assertThatThrownBy(() -> jedis.get("other:a")).isInstanceOf(JedisAccessControlException.class);
      assertThatThrownBy(() -> jedis.auth(made.coordinates().user(), "another")).isInstanceOf(JedisException.class);
    }
  }

  @Test
  void aServerThatLetsEverybodyInIsRefused(@TempDir Path own) {
    try (EmbeddedRedis open = EmbeddedRedis.start(SharedServers.redisBinary(), own, FreePorts.choose(), PASSWORD)) {
      try (Jedis admin = new Jedis("127.0.0.1", open.port())) {
        admin.auth(PASSWORD);
        admin.aclSetUser("default", "nopass");
      }
      RedisShared careless = at(open.port(), PASSWORD);
      assertThatThrownBy(() -> careless.ensure(blueprint(owner("feature/open", 1))))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind().isTransient()).isFalse());
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
