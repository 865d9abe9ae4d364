package dev.offshoot.provisioner.redis;

import static dev.offshoot.provisioner.redis.RedisFixture.SOON;
import static dev.offshoot.provisioner.redis.RedisFixture.at;
import static dev.offshoot.provisioner.redis.RedisFixture.content;
import static dev.offshoot.provisioner.redis.RedisFixture.login;
import static dev.offshoot.provisioner.redis.RedisFixture.processOf;
import static dev.offshoot.provisioner.redis.RedisFixture.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

import dev.offshoot.embedded.Eventually;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.process.FreeStarter;
import dev.offshoot.process.RunningProcess;
import dev.offshoot.process.Signal;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.StoreContract;
import dev.offshoot.provisioner.store.StoreContract.Made;
import dev.offshoot.worker.Failure;

/** Who looks after servers that outlive whoever started them. */
class WatchedServersTest {
  private static Owner owner(String branch) {
    RepositoryKey repository = new RepositoryKey("shop");
    return new Owner(repository, Origin.ofBranch(repository, GitRef.ofBranch(branch)).environment(), Incarnation.FIRST);
  }

  private static Blueprint blueprint(Owner owner) {
    return new Blueprint(new OwnerTag(owner, StoreContract.EPOCH, StoreContract.INTENT), Blueprint.Source.of(Optional.empty()));
  }

  @Test
  void aServerGoesOnWhileNobodyLooksAfterItAndIsFoundAgain(@TempDir Path own) {
    Owner owner = owner("feature/found");
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

  @Test
  void aServerThatDiedWhileNobodyLookedIsStartedOnItsPortWithWhatItHeld(@TempDir Path own) {
    Owner owner = owner("feature/revived");
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
    Owner owner = owner("feature/killed");
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
    Owner owner = owner("feature/reused");
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
    Owner owner = owner("feature/hangs");
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
    Owner owner = owner("feature/bound");
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
    Owner owner = owner("feature/unnoted");
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
    Owner owner = owner("feature/both");
    try (RedisProcesses one = at(own); RedisProcesses other = at(own);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<StoreCoordinates> first = threads.submit(() -> one.ensure(blueprint(owner)));
      Future<StoreCoordinates> second = threads.submit(() -> other.ensure(blueprint(owner)));
      assertThat(first.get()).isEqualTo(second.get());
    }
  }

  @Test
  void whatAnotherProcessHasStartedIsStoppedToo(@TempDir Path own) {
    Owner owner = owner("feature/started-anew");
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
    Owner owner = owner("feature/half-removed");
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
  void foldersThatAreNotOursAreLeftAlone(@TempDir Path own) throws IOException {
    Files.createDirectories(own.resolve("lost+found"));
    Files.createDirectories(own.resolve("kept").resolve("lost+found"));
    Owner owner = owner("feature/beside");
    try (RedisProcesses beside = at(own)) {
      beside.revive();
      beside.ensure(blueprint(owner));
      assertThat(beside.list(owner.repository(), owner.environment())).hasSize(1);
    }
    assertThat(own.resolve("lost+found")).isDirectory();
  }
}
