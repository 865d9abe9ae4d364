package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.offshoot.config.RepositoryConfig.Creation;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;

class ReplayPlannerTest {
  private static final Commit ONE = new Commit("1".repeat(40));
  private static final Commit TWO = new Commit("2".repeat(40));
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final Incarnation THIRD = new Incarnation(3);
  private static final Origin PAGE = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("feature/page"));

  private static final Request PUSH = new Request.BranchPushed(PAGE, TWO, false, false, "ann");
  private static final Request CREATE = new Request.CreateRequested(PAGE, Optional.of(ONE), "ann");
  private static final Request DESTROY = new Request.DestroyRequested(PAGE, "done", "ann");

  private final ReplayPlanner planner = new ReplayPlanner(EpochChoice.SAME, Optional.empty(), "ann");

  private static Presence in(Intent intent) {
    return new Presence(PAGE, intent, Optional.of(ONE), Optional.empty(), Instant.EPOCH);
  }

  private static ReplayHistory.Asked asked(Request first, Request... then) {
    ReplayHistory.Asked asked = ReplayHistory.Asked.first(said(first));
    for (Request request : then) {
      asked = asked.then(said(request));
    }
    return asked;
  }

  private static Message said(Request request) {
    return Message.first(EventId.random(), EventSource.worker("test"), Instant.EPOCH, request);
  }

  @Test
  void whatIsAliveIsRebuiltNamingItsNewestIncarnation() {
    Replay.Rebuild rebuild = (Replay.Rebuild) planner.fromFacets(in(new Intent.Standing(THIRD, EPOCH)));

    assertThat(rebuild.request())
        .isInstanceOfSatisfying(Request.RebuildRequested.class, request -> {
          assertThat(request.incarnation()).isEqualTo(THIRD);
          assertThat(request.epoch()).isEqualTo(EpochChoice.SAME);
          assertThat(request.commit()).isEmpty();
        });
    assertThat(rebuild.text()).contains("incarnation 3 -> 4", ONE.brief(), EPOCH.value(), "by hand");
  }

  @Test
  void anotherCommitAndTheNewestSnapshotAreTakenWhenTold() {
    ReplayPlanner told = new ReplayPlanner(EpochChoice.NEWEST, Optional.of(TWO), "ann");
    Replay.Rebuild rebuild = (Replay.Rebuild) told.fromFacets(in(new Intent.Creating(THIRD, EPOCH)));

    assertThat(((Request.RebuildRequested) rebuild.request()).commit()).contains(TWO);
    assertThat(rebuild.text()).contains(TWO.brief(), "newest snapshot").doesNotContain(EPOCH.value());
  }

  @Test
  void whatIsDestroyedOrStaticStaysAsItIs() {
    assertThat(planner.fromFacets(in(new Intent.Destroyed(THIRD, "merged")))).isInstanceOf(Replay.Nothing.class);
    assertThat(planner.fromFacets(in(new Intent.Destroying(THIRD, "merged")))).isInstanceOf(Replay.Nothing.class);
    assertThat(planner.fromFacets(in(new Intent.Declared()))).isInstanceOf(Replay.Nothing.class);
  }

  @Test
  void whereNoStateIsLeftTheNewestRequestDecides() {
    Replay pushed = planner.fromRequests(asked(PUSH), Creation.ON_PUSH);
    Replay destroyed = planner.fromRequests(asked(PUSH, DESTROY), Creation.ON_PUSH);

    assertThat(((Replay.Create) pushed).request())
        .isEqualTo(new Request.CreateRequested(PAGE, Optional.of(TWO), "ann"));
    assertThat(destroyed).isInstanceOf(Replay.Nothing.class);
    assertThat(destroyed.text()).contains("destroy");
  }

  @Test
  void aPushAloneMakesNothingWhereEnvironmentsAreCreatedOnCommand() {
    Replay never = planner.fromRequests(asked(PUSH, PUSH), Creation.ON_COMMAND);
    Replay destroyedSince = planner.fromRequests(asked(CREATE, DESTROY, PUSH), Creation.ON_COMMAND);

    assertThat(never).isInstanceOf(Replay.Nothing.class);
    assertThat(never.text()).contains("on command", "env create");
    assertThat(destroyedSince).isInstanceOf(Replay.Nothing.class);
  }

  @Test
  void whatACommandHasMadeIsMadeAgainAtTheCommitThatWasPushedSince() {
    Replay replay = planner.fromRequests(asked(PUSH, CREATE, PUSH), Creation.ON_COMMAND);

    assertThat(((Replay.Create) replay).request()).isEqualTo(new Request.CreateRequested(PAGE, Optional.of(TWO), "ann"));
  }
}
