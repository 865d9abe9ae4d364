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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisException;

import dev.offshoot.config.RedisConfig;
import dev.offshoot.credential.Credentials;
import dev.offshoot.embedded.Eventually;
import dev.offshoot.embedded.SharedServers;
import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.process.BoundStarter;
import dev.offshoot.process.FreeStarter;
import dev.offshoot.process.RunningProcess;
import dev.offshoot.process.Signal;
import dev.offshoot.process.Starter;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.provisioner.store.StoreContract;
import dev.offshoot.worker.Failure;

class RedisProcessesTest implements StoreContract {
  private static final Duration SOON = Duration.ofMinutes(2);

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

  private static RedisProcesses at(Path folder) {
    return at(folder, new BoundStarter());
  }

  private static RedisProcesses at(Path folder, Starter starter) {
    return new RedisProcesses(new RedisConfig.Processes(SharedServers.redisBinary(), folder, 16, Optional.empty()),
        CREDENTIALS, Clock.systemUTC(), starter);
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

  private static Jedis login(Made made) {
    return login(made, CREDENTIALS);
  }

  private static Jedis login(Made made, Credentials credentials) {
    return new Jedis(new HostAndPort(made.coordinates().host(), made.coordinates().port()),
        DefaultJedisClientConfig.builder()
        .password(credentials.password(made.owner().name(), StoreKind.REDIS).reveal()).build());
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
  void aServerGoesOnWhileNobodyLooksAfterItAndIsFoundAgain(@TempDir Path own) {
    Owner owner = owner("feature/found", 1);
    Made made;
    RunningProcess process;
    try (RedisProcesses before = at(own)) {
      made = new Made(owner, before.ensure(blueprint(owner)));
      work(made);
      process = processOf(own, owner);
    }
    assertThat(content(made)).isEqualTo(1);
    try (RedisProcesses after = at(own)) {
      after.revive();
      assertThat(processOf(own, owner)).isEqualTo(process);
      assertThat(after.find(owner)).map(Standing::tag).contains(blueprint(owner).tag());
      assertThat(after.snapshot(owner)).isPresent();
    }
    assertThat(process.isAlive()).isFalse();
    try (RedisProcesses later = at(own)) {
      later.revive();
      assertThatThrownBy(() -> content(made)).as("what was closed stays closed").isInstanceOf(JedisException.class);
    }
  }

  private static RunningProcess processOf(Path folder, Owner owner) {
    return new ProcessFile(folder.resolve(owner.name().value())).read().orElseThrow().process();
  }

  @Test
  void aServerThatDiedWhileNobodyLookedIsStartedOnItsPortWithWhatItHeld(@TempDir Path own) {
    Owner owner = owner("feature/revived", 1);
    Made made;
    try (RedisProcesses before = at(own)) {
      made = new Made(owner, before.ensure(blueprint(owner)));
      work(made);
    }
    processOf(own, owner).stop(Signal.TERM, SOON);
    assertThatThrownBy(() -> content(made)).isInstanceOf(JedisException.class);
    try (RedisProcesses after = at(own)) {
      after.revive();
      assertThat(content(made)).isEqualTo(1);
    }
  }

  @Test
  void aServerThatIsKilledAloneIsStartedAgain(@TempDir Path own) {
    Owner owner = owner("feature/killed", 1);
    try (RedisProcesses watching = at(own); RedisProcesses beside = at(own)) {
      watching.revive();
      beside.revive();
      Made made = new Made(owner, beside.ensure(blueprint(owner)));
      work(made);
      for (int time = 0; time < 2; time++) {
        processOf(own, owner).stop(Signal.KILL, SOON);
        Eventually.await("it answers again", SOON, () -> answers(made));
      }
      watching.close();
      processOf(own, owner).stop(Signal.KILL, SOON);
      Eventually.await("the other one watches now", SOON, () -> answers(made));
    }
  }

  private static boolean answers(Made made) {
    try (Jedis jedis = login(made)) {
      return jedis.ping().equals("PONG");
    } catch (JedisException notYet) {
      return false;
    }
  }

  @Test
  void aNumberThatIsAnotherProcessesNowIsNeitherTrustedNorKilled(@TempDir Path own) {
    Owner owner = owner("feature/reused", 1);
    try (RedisProcesses store = at(own)) {
      Made made = new Made(owner, store.ensure(blueprint(owner)));
      processOf(own, owner).stop(Signal.KILL, SOON);
      ProcessFile file = new ProcessFile(own.resolve(owner.name().value()));
      RunningProcess self = RunningProcess.current();
      file.write(new ProcessFile.Started(new RunningProcess(self.pid(), self.started().minusSeconds(60)),
          Optional.of(self)));
      store.ensure(blueprint(owner));
      assertThat(content(made)).isZero();
      store.delete(owner, new Removal.NeverUsable());
      assertThat(self.isAlive()).isTrue();
    }
  }

  @Test
  void aServerThatHangsIsEndedByItsNumber(@TempDir Path own) throws Exception {
    Owner owner = owner("feature/hangs", 1);
    try (RedisProcesses store = at(own)) {
      store.ensure(blueprint(owner));
      RunningProcess process = processOf(own, owner);
      new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
      store.delete(owner, new Removal.NeverUsable());
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void aServerThatEndsWithAnotherProcessIsNotReliedUpon(@TempDir Path own) {
    Owner owner = owner("feature/bound", 1);
    try (RedisProcesses free = at(own, new FreeStarter()); RedisProcesses bound = at(own)) {
      Made made = new Made(owner, free.ensure(blueprint(owner)));
      work(made);
      RunningProcess before = processOf(own, owner);
      bound.revive();
      assertThat(before.isAlive()).isFalse();
      assertThat(content(made)).isEqualTo(1);
      assertThat(new ProcessFile(own.resolve(owner.name().value())).read().orElseThrow().bond())
          .get().matches(RunningProcess.current()::is);
    }
  }

  @Test
  void aServerThatItsStarterHadNoTimeToNoteIsFound(@TempDir Path own) {
    Owner owner = owner("feature/unnoted", 1);
    try (RedisProcesses store = at(own)) {
      Made made = new Made(owner, store.ensure(blueprint(owner)));
      work(made);
      RunningProcess process = processOf(own, owner);
      new ProcessFile(own.resolve(owner.name().value())).delete();
      store.ensure(blueprint(owner));
      assertThat(processOf(own, owner)).matches(process::is);
      assertThat(content(made)).isEqualTo(1);
    }
  }

  @Test
  void twoProvisionersThatMakeTheSameServerMakeOne(@TempDir Path own) throws Exception {
    Owner owner = owner("feature/both", 1);
    try (RedisProcesses one = at(own); RedisProcesses other = at(own);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<StoreCoordinates> first = threads.submit(() -> one.ensure(blueprint(owner)));
      Future<StoreCoordinates> second = threads.submit(() -> other.ensure(blueprint(owner)));
      assertThat(first.get()).isEqualTo(second.get());
    }
  }

  @Test
  void whatAnotherProcessHasStartedIsStoppedToo(@TempDir Path own) {
    Owner owner = owner("feature/started-anew", 1);
    try (RedisProcesses first = at(own); RedisProcesses after = at(own)) {
      Made made = new Made(owner, first.ensure(blueprint(owner)));
      after.revive();
      assertThat(content(made)).isZero();
      after.delete(owner, new Removal.NeverUsable());
      assertThatThrownBy(() -> content(made)).isInstanceOf(JedisException.class);
    }
  }

  @Test
  void aRemovalThatWasKilledIsCarriedOnWithAndNothingIsMadeAgainMeanwhile(@TempDir Path own) {
    Owner owner = owner("feature/half-removed", 1);
    try (RedisProcesses store = at(own)) {
      store.revive();
      Made made = new Made(owner, store.ensure(blueprint(owner)));
      work(made);
      new RedisFolders(own).close(owner.name());
      processOf(own, owner).stop(Signal.TERM, SOON);
      assertThatThrownBy(() -> store.ensure(blueprint(owner)))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INVALID));
      store.delete(owner, new Removal.NeverUsable());
      assertThat(store.list(owner.repository(), owner.environment())).isEmpty();
      assertThat(content(new Made(owner, store.ensure(blueprint(owner))))).isZero();
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
