package dev.offshoot.provisioner;

import static dev.offshoot.provisioner.PostgresShop.ONE;
import static dev.offshoot.provisioner.PostgresShop.TWO;
import static dev.offshoot.provisioner.PostgresShop.message;
import static dev.offshoot.provisioner.PostgresShop.products;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.event.LifecycleEvent.EnvironmentAccepted;
import dev.offshoot.event.LifecycleEvent.EnvironmentDeleted;
import dev.offshoot.event.LifecycleEvent.ReportChanged;
import dev.offshoot.event.LifecycleEvent.SnapshotPublished;
import dev.offshoot.event.LifecycleEvent.StoresReady;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.provisioner.postgres.PostgresFixture;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** What is made for a branch, and for whom nothing is. */
class ProvisionerWorkerTest {
  private static final String NAME = "works";

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
  void thatAReportWasRewrittenIsSaidOfTheCommitItIsAboutAlone() throws Exception {
    Origin origin = shop.standing("rewritten");
    Incarnation incarnation = shop.stateOf(origin).incarnation().orElseThrow();
    shop.state.set(origin.environment(), new Report(incarnation, ONE, "reports/x", Instant.now(Clock.systemUTC())));

    assertThat(shop.say(new Request.ReportRewritten(origin, ONE, "because of b"))).isEqualTo(Outcome.done(new Publication(List.of(),
        List.of(new ReportChanged(new Subject(origin, incarnation, Optional.of(ONE)), "because of b")), List.of())));
    assertThat(shop.say(new Request.ReportRewritten(origin, TWO, "because of b"))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aPushMakesAnEnvironmentAndADeleteKeepsAndRemovesIt() throws Exception {
    Origin origin = shop.branch("feature/new_cool_page");
    assertThat(shop.say(shop.push(origin, ONE))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.state.events().subList(1, 3)).hasExactlyElementsOfTypes(EnvironmentAccepted.class, StoresReady.class);
    assertThat(((StoresReady) shop.state.events().get(2)).drills().orElseThrow())
        .singleElement().satisfies(drill -> assertThat(drill.kind()).isEqualTo(StoreKind.POSTGRES));
    assertThat(shop.intent(origin)).isInstanceOf(Intent.Standing.class);
    assertThat(shop.presence(origin).tip()).contains(ONE);
    StoreCoordinates database = shop.database(origin);
    assertThat(products(database)).isEqualTo("100");
    shop.usable(origin);
    shop.git.delete(origin.ref());
    assertThat(shop.say(new Request.BranchDeleted(origin, "ann"))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.stateOf(origin).phase()).isEqualTo(Phase.DESTROYED);
    assertThat(shop.presence(origin).tip()).isEmpty();
    assertThat(shop.state.lastEvent()).isInstanceOfSatisfying(EnvironmentDeleted.class, deleted -> {
      assertThat(deleted.backups()).hasSize(1).allMatch(receipt -> receipt.kind() == StoreKind.POSTGRES);
    });
    assertThatThrownBy(() -> PostgresFixture.login(database).close()).isInstanceOf(SQLException.class);
    assertThat(shop.conditions(origin)).containsExactly(Found.Condition.KEPT);
  }

  @Test
  void killedAfterTheIntentItIsCarriedOnWithAsDecided() throws Exception {
    Origin origin = shop.branch("feature/killed");
    Message message = message(shop.push(origin, ONE));
    shop.state.dieAtCommit(1, shop.worker, message);
    Intent decided = shop.intent(origin);
    assertThat(decided).isInstanceOf(Intent.Creating.class);
    shop.say(new Request.SnapshotRequested(shop.staging, "ann"));
    shop.state.handle(shop.worker, message);
    assertThat(shop.intent(origin))
        .isEqualTo(new Intent.Standing(decided.incarnation(), ((Intent.Creating) decided).epoch()));
  }

  @Test
  void aDestroyedEnvironmentComesBackByCommand() throws Exception {
    Origin origin = shop.standing("feature/lazarus");
    shop.say(new Request.DestroyRequested(origin, "enough", "ann"));
    assertThat(shop.say(shop.push(origin, ONE))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(new Request.CreateRequested(origin, Optional.empty(), "ann"))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.intent(origin).incarnation()).isEqualTo(new Incarnation(2));
  }

  @Test
  void incarnationsCountOnFromWhatTheStoresStillHold() throws Exception {
    Origin origin = shop.branch("feature/amnesia");
    Owner old = shop.owner(origin, new Incarnation(4));
    PostgresFixture.admin("postgres", "CREATE DATABASE t_" + old.name());
    shop.say(shop.push(origin, ONE));
    assertThat(shop.stateOf(origin).incarnation()).contains(new Incarnation(5));
  }

  @Test
  void theDefaultBranchTagsAndUnknownRepositoriesGetNothing() throws Exception {
    assertThat(shop.say(shop.push(shop.branch("main"), ONE))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(shop.push(Origin.ofBranch(shop.repository.key(), new GitRef("refs/tags/v1")), ONE)))
        .isInstanceOf(Outcome.Rejected.class);
    Origin unknown = Origin.ofBranch(new RepositoryKey("unknown"), GitRef.ofBranch("x"));
    assertThat(shop.say(shop.push(unknown, ONE))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.say(new Request.DestroyRequested(shop.staging, "no", "ann"))).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aSnapshotByCommandIsNewerAndTheOldOneStays() throws Exception {
    EpochId first = shop.stateOf(shop.staging).epochs().orElseThrow().newest().orElseThrow().id();
    assertThat(shop.say(new Request.SnapshotRequested(shop.staging, "ann"))).isInstanceOf(Outcome.Done.class);
    assertThat(shop.state.lastEvent()).isInstanceOf(SnapshotPublished.class);
    assertThat(shop.stateOf(shop.staging).epochs().orElseThrow().newest().orElseThrow().id()).isGreaterThan(first);
    assertThat(shop.stateOf(shop.staging).epochs().orElseThrow().find(first)).isPresent();
    assertThat(shop.say(new Request.Declared(shop.staging))).isInstanceOf(Outcome.Rejected.class);
    assertThat(shop.stateOf(shop.staging).phase()).isEqualTo(Phase.READY);
  }
}
