package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.PostgresShop.ONE;
import static dev.offshoot.provisioner.PostgresShop.TWO;
import static dev.offshoot.provisioner.PostgresShop.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent.EnvironmentFailed;
import dev.offshoot.event.Message;
import dev.offshoot.provisioner.memory.MisbehavingStore;
import dev.offshoot.provisioner.memory.Mishap;
import dev.offshoot.provisioner.memory.Verb;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;

/** What cannot be done is told where a developer looks, and is over once it can be. */
class FailuresTest {
  private static final String NAME = "failures";

  private final PostgresShop shop = new PostgresShop(NAME);

  @BeforeAll
  static void stagingStands() throws SQLException {
    PostgresShop.stagingStands(NAME);
  }

  @BeforeEach
  void aSnapshotStands() throws Exception {
    shop.aSnapshotStands();
  }

  @Test
  void aReasonIsBoundedAndOneLine() throws Exception {
    ProvisionerWorker wordy = shop.workerWith(new MisbehavingStore(shop.postgres).next(Verb.ENSURE,
        new Mishap.Fails(Failure.Kind.INVALID, "no\n\u001b[31m" + "x".repeat(1_990) + "\uD83C\uDF31".repeat(10))));
    Origin origin = shop.branch("feature/wordy");
    assertThat(shop.state.handle(wordy, message(shop.push(origin, ONE)))).isInstanceOf(Outcome.Failed.class);
    assertThat(shop.presence(origin).failure().orElseThrow())
        .isEqualTo("no [31m" + "x".repeat(1_990) + "\uD83C\uDF31");
    assertThat(((EnvironmentFailed) shop.state.lastEvent()).reason()).hasSizeLessThanOrEqualTo(2_000);
  }

  @Test
  void aFurtherCommitEndsAFailureButNotTheIntent() throws Exception {
    Origin origin = shop.standing("feature/healed");
    Presence failed = shop.presence(origin).failed("something");
    shop.state.set(origin.environment(), failed);
    assertThat(shop.say(shop.push(origin, TWO))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.presence(origin)).isEqualTo(
        new Presence(origin, failed.intent(), Optional.of(TWO), Optional.empty(), failed.since()));
  }

  @Test
  void whatWasToldOfThisRequestsTriesIsTakenBackOnceItEndsAndNothingElseIs() throws Exception {
    Origin origin = shop.standing("feature/told");
    Presence well = shop.presence(origin);
    shop.state.set(origin.environment(), well.failed("the repository cannot be reached"));
    assertThat(shop.state.handle(shop.worker, message(shop.push(origin, ONE)), 10)).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.presence(origin).failure()).as("another's").isPresent();

    assertThat(shop.state.handle(shop.worker, message(shop.push(origin, ONE)), 11)).isInstanceOf(Outcome.Rejected.class);

    assertThat(shop.presence(origin)).isEqualTo(well);
  }

  @Test
  void aForeignDatabaseFailsTheEnvironmentWithAReason() throws Exception {
    Origin origin = shop.branch("feature/foreign");
    Message message = message(shop.push(origin, ONE));
    shop.state.dieAtCommit(1, shop.worker, message);
    Owner owner = shop.owner(origin, Incarnation.FIRST);
    PostgresFixture.admin("postgres", "CREATE DATABASE " + owner.name());
    assertThat(shop.state.handle(shop.worker, message)).isInstanceOf(Outcome.Failed.class);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.FAILED);
    assertThat(shop.state.lastEvent()).isInstanceOf(EnvironmentFailed.class);
    PostgresFixture.admin("postgres", "DROP DATABASE " + owner.name());
    assertThat(shop.say(shop.push(origin, TWO))).as("the next push heals it").isInstanceOf(Outcome.Done.class);
    assertThat(shop.presence(origin).failure()).isEmpty();
    assertThat(shop.presence(origin).tip()).contains(TWO);
  }

  @Test
  void aRepositoryThatCannotBeReachedIsWaitedFor() throws Exception {
    Origin origin = shop.branch("feature/unreachable");
    Message message = message(shop.push(origin, ONE));
    shop.git.reachable(false);
    assertThatThrownBy(() -> shop.state.handle(shop.worker, message))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
    shop.git.reachable(true);
    assertThat(shop.state.handle(shop.worker, message)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void creationsWaitForTheFirstSnapshot() {
    MemoryState fresh = new MemoryState();
    assertThatThrownBy(() -> fresh.handle(shop.worker, message(shop.push(shop.branch("feature/early"), ONE))))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.BUSY));
    assertThat(fresh.events()).isEmpty();
  }
}
