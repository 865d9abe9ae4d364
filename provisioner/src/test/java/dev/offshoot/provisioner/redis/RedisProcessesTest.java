package dev.offshoot.provisioner.redis;

import static dev.offshoot.provisioner.postgres.PostgresFixture.CREDENTIALS;
import static dev.offshoot.provisioner.redis.RedisFixture.SOON;
import static dev.offshoot.provisioner.redis.RedisFixture.at;
import static dev.offshoot.provisioner.redis.RedisFixture.login;
import static dev.offshoot.provisioner.redis.RedisFixture.processOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisException;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.process.BoundStarter;
import dev.offshoot.process.Signal;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.provisioner.store.StoreContract;
import dev.offshoot.worker.Failure;

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
  static void close() throws IOException {
    store.close();
    try (var folders = Files.list(directory)) {
      folders.flatMap(folder -> new ProcessFile(folder).read().stream())
          .forEach(started -> started.process().stop(Signal.TERM, SOON));
    }
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
    return RedisFixture.content(made);
  }

  @Override
  public void work(Made made) {
    RedisFixture.work(made);
  }

  @Override
  public void leaveHalfMade(Owner owner) throws IOException {
    Files.createDirectory(directory.resolve(owner.name().value()));
  }

  @Override
  public Optional<Store> refused() {
    return Optional.empty();
  }

  @Override
  public Store away() {
    return new RedisProcesses(
        new RedisConfig.Processes(Path.of("/bin/false"), directory.resolve("away"), 16, Optional.empty()), CREDENTIALS,
        Clock.systemUTC(), new BoundStarter());
  }

  @Override
  public Optional<Store> throttled() {
    return Optional.empty();
  }

  @Test
  void whatWasKeptIsRestoredAsTheNextIncarnationAndOutlivesARestart() {
    Made made = made(owner("feature/brought-back", 1));
    work(made);
    BackupReceipt receipt = store.snapshot(made.owner()).orElseThrow();
    store.delete(made.owner(), new Removal.Kept(receipt));
    Owner next = owner("feature/brought-back", 2);
    Blueprint again = new Blueprint(new OwnerTag(next, EPOCH, INTENT), new Blueprint.Source.Backup(receipt));
    Made restored = new Made(next, store.ensure(again));
    assertThat(content(restored)).isEqualTo(1);
    work(restored);
    assertThat(store.ensure(again)).isEqualTo(restored.coordinates());
    assertThat(content(restored)).isEqualTo(2);
    BackupReceipt second = store.snapshot(next).orElseThrow();
    assertThat(second.verified()).contains("keys");
    assertThat(store.snapshot(made.owner())).contains(receipt);
    store.delete(made.owner(), new Removal.Expired(receipt));
    assertThat(store.snapshot(made.owner())).isEmpty();
  }

  @Test
  void aSpoiledBackupIsFoundAndNothingIsRemoved() throws IOException {
    Made made = made(owner("feature/flipped", 1));
    work(made);
    BackupReceipt receipt = store.snapshot(made.owner()).orElseThrow();
    Path dump = directory.resolve(receipt.kept()).resolve("dump.rdb");
    byte[] good = Files.readAllBytes(dump);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(dump, bad);
    assertThatThrownBy(() -> store.delete(made.owner(), new Removal.Kept(receipt)))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID));
    assertThat(directory.resolve(made.owner().name().value())).exists();
    Files.write(dump, good);
    store.delete(made.owner(), new Removal.Kept(receipt));
    assertThat(directory.resolve(made.owner().name().value())).doesNotExist();
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
      assertThatThrownBy(() -> jedis.migrate("127.0.0.1", 1, "a", 1000)).isInstanceOf(JedisAccessControlException.class);
      assertThatThrownBy(() -> jedis.sendCommand(() -> "DEBUG".getBytes(StandardCharsets.UTF_8), "SLEEP", "0"))
          .isInstanceOf(JedisException.class);
      assertThat(jedis.set("a", "b")).isEqualTo("OK");
      assertThat(jedis.flushAll()).isEqualTo("OK");
    }
  }

  @Test
  void noPasswordStandsInACommandLine() throws IOException {
    Made made = made(owner("feature/quiet", 1));
    Path process = Path.of("/proc", Long.toString(processOf(directory, made.owner()).pid()));
    String password = CREDENTIALS.password(made.owner().name(), StoreKind.REDIS).reveal();
    for (String file : List.of("cmdline", "environ")) {
      assertThat(Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1)).as(file)
          .doesNotContain(password);
    }
    assertThat(Files.readString(process.resolve("cmdline"))).contains("redis-server");
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
}
