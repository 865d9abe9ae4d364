package dev.offshoot.provisioner.redis;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
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
import dev.offshoot.credential.Credentials;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.provisioner.store.StoreContract;

class RedisProcessesTest implements StoreContract {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path directory;

  /** Set before the first test. */
  @SuppressWarnings("NullAway.Init")
  private static RedisProcesses store;

  @BeforeAll
  static void open() {
    store = at(directory);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static RedisProcesses at(Path folder) {
    return new RedisProcesses(new RedisConfig.Processes(SharedServers.redisBinary(), folder, 16), CREDENTIALS,
        Clock.systemUTC(), Duration.ZERO);
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
      return jedis.scard("work");
    }
  }

  @Override
  public void work(Made made) {
    try (Jedis jedis = login(made)) {
      jedis.sadd("work", UUID.randomUUID().toString());
      jedis.setex("session", 1000, "x");
    }
  }

  private static Jedis login(Made made) {
    return login(made, CREDENTIALS);
  }

  private static Jedis login(Made made, Credentials credentials) {
    return new Jedis(new HostAndPort(made.coordinates().host(), made.coordinates().port()),
        DefaultJedisClientConfig.builder()
        .password(credentials.password(made.owner().name(), StoreKind.REDIS).reveal()).build());
  }

  @Test
  void anotherPasswordIsRefused() {
    Made one = made(owner("feature/locked", 1));
    Made other = new Made(owner("feature/locked", 2), one.coordinates());
    assertThatThrownBy(() -> login(other).ping()).isInstanceOf(JedisException.class);
  }

  @Test
  void theEnvironmentMayNotTouchTheServerItself() {
    try (Jedis jedis = login(made(owner("feature/tame", 1)))) {
      assertThatThrownBy(() -> jedis.configSet("dir", "/tmp")).isInstanceOf(JedisException.class);
      assertThatThrownBy(() -> jedis.aclSetUser("default", "nopass")).isInstanceOf(JedisException.class);
      assertThatThrownBy(() -> jedis.replicaof("127.0.0.1", 1)).isInstanceOf(JedisException.class);
      assertThat(jedis.set("a", "b")).isEqualTo("OK");
      assertThat(jedis.flushAll()).isEqualTo("OK");
    }
  }

  @Test
  void aServerIsFoundAgainOnItsPortWithWhatItHeld(@TempDir Path own) {
    Owner owner = owner("feature/revived", 1);
    Made made;
    try (RedisProcesses before = at(own)) {
      made = new Made(owner, before.ensure(blueprint(owner)));
      work(made);
    }
    assertThatThrownBy(() -> content(made)).isInstanceOf(JedisException.class);
    try (RedisProcesses after = at(own)) {
      after.revive();
      assertThat(content(made)).isEqualTo(1);
      assertThat(after.find(owner)).map(Standing::tag).contains(blueprint(owner).tag());
      assertThat(after.snapshot(owner)).isPresent();
    }
    try (RedisProcesses later = at(own)) {
      later.revive();
      assertThatThrownBy(() -> content(made)).as("what was closed stays closed").isInstanceOf(JedisException.class);
    }
  }

  @Test
  void aServerThatADyingProcessStillHoldsIsNotReliedUpon(@TempDir Path own) {
    Owner owner = owner("feature/taken-over", 1);
    try (RedisProcesses dying = at(own); RedisProcesses after = at(own)) {
      Made made = new Made(owner, dying.ensure(blueprint(owner)));
      work(made);
      after.revive();
      dying.close();
      assertThat(content(made)).isEqualTo(1);
    }
  }

  @Test
  void theServersOfALivingProcessAreItsOwnUntilItEnds(@TempDir Path own) {
    Owner owner = owner("feature/living", 1);
    try (RedisProcesses living = at(own); RedisProcesses next = at(own)) {
      living.revive();
      Made made = new Made(owner, living.ensure(blueprint(owner)));
      work(made);
      try (RedisProcesses passing = at(own)) {
        passing.revive();
      }
      next.revive();
      assertThat(content(made)).isEqualTo(1);
      String started = info(made, "run_id");
      living.close();
      Eventually.await("the next has taken over", Duration.ofSeconds(30), () -> answersAnew(made, started));
      assertThat(content(made)).isEqualTo(1);
    }
  }

  private static boolean answersAnew(Made made, String before) {
    try {
      return !info(made, "run_id").equals(before);
    } catch (JedisException notYet) {
      return false;
    }
  }

  private static String info(Made made, String key) {
    try (Jedis jedis = new Jedis(new HostAndPort(made.coordinates().host(), made.coordinates().port()),
        DefaultJedisClientConfig.builder().user("offshoot").password(CREDENTIALS.password(
            new ResourceName("a_" + made.owner().name().value()), StoreKind.REDIS).reveal()).build())) {
      return jedis.info("server").lines().filter(line -> line.startsWith(key)).findFirst().orElseThrow();
    }
  }

  @Test
  void whatAnotherProcessHasStartedAnewIsStoppedToo(@TempDir Path own) {
    Owner owner = owner("feature/started-anew", 1);
    try (RedisProcesses first = at(own); RedisProcesses after = at(own)) {
      Made made = new Made(owner, first.ensure(blueprint(owner)));
      after.revive();
      assertThat(content(made)).isZero();

      first.delete(owner, new Removal.NeverUsable());

      assertThatThrownBy(() -> content(made)).isInstanceOf(JedisException.class);
    }
  }

  @Test
  void nothingInTheFolderIsForOthersEyes() throws IOException {
    Made made = made(owner("feature/private", 1));
    Path folder = directory.resolve(made.owner().name().value());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
    String password = CREDENTIALS.password(made.owner().name(), StoreKind.REDIS).reveal();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(password);
      }
    }
  }

  @Test
  void foldersThatAreNotOursAreLeftAlone(@TempDir Path own) throws IOException {
    Files.createDirectories(own.resolve("lost+found"));
    Files.createDirectories(own.resolve("kept").resolve("lost+found"));
    Owner owner = owner("feature/beside", 1);
    try (RedisProcesses beside = at(own)) {
      beside.revive();
      beside.ensure(blueprint(owner));
      assertThat(beside.list(owner.repository(), owner.environment())).hasSize(1);
    }
    assertThat(own.resolve("lost+found")).isDirectory();
  }
}
