package dev.offshoot.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.MigrationFailure;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Schema;
import dev.offshoot.environment.Stores;
import dev.offshoot.event.EpochChoice;
import dev.offshoot.event.Request;
import dev.offshoot.provisioner.Decision.Seen;
import dev.offshoot.provisioner.postgres.PostgresFixture;

/** What is decided about a rebuild and its end, in every state. The newest incarnation is the second. */
class RebuildDecisionsTest {
  private static final Commit ONE = new Commit("1".repeat(40));
  private static final Commit TWO = new Commit("2".repeat(40));
  private static final Incarnation FIRST = Incarnation.FIRST;
  private static final Incarnation SECOND = new Incarnation(2);
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
  private static final Intent RESETTING = new Intent.Resetting(FIRST, SECOND, EPOCH, "edited");
  private static final Stores SERVING = new Stores(FIRST, EPOCH, "k1", List.of());
  private static final Stores BOTH = SERVING.beside(new Stores(SECOND, EPOCH, "k1", List.of()));

  private final Origin origin = Origin.ofBranch(
      PostgresFixture.repository("works", "works_staging", Optional.empty()).key(), GitRef.ofBranch("feature/x"));
  private final Decisions decisions =
      new Decisions(PostgresFixture.repository("works", "works_staging", Optional.empty()), Duration.ofDays(3));

  enum Met {
    NOTHING, CREATING, CREATION_FAILED, STANDING, RETIRING, MAKING, MAKING_FAILED, MADE, NEXT_FAILED, DESTROYING, DESTROYED, DECLARED
  }

  private EnvironmentState state(Met met) {
    return switch (met) {
      case NOTHING -> EnvironmentState.unknown(origin.environment());
      case CREATING -> with(new Intent.Creating(SECOND, EPOCH));
      case CREATION_FAILED -> failed(with(new Intent.Creating(SECOND, EPOCH)));
      case STANDING -> with(new Intent.Standing(SECOND, EPOCH));
      case RETIRING -> with(new Intent.Standing(SECOND, EPOCH, Optional.of(FIRST)));
      case MAKING -> with(RESETTING).with(SERVING);
      case MAKING_FAILED -> failed(with(RESETTING).with(SERVING));
      case MADE -> with(RESETTING).with(BOTH);
      case NEXT_FAILED -> with(RESETTING).with(BOTH).with(new Schema(
          SECOND, ONE, "1", List.of(), false, Optional.of(MigrationFailure.of("syntax error")), NOW));
      case DESTROYING -> with(new Intent.Destroying(SECOND, "merged"));
      case DESTROYED -> with(new Intent.Destroyed(SECOND, "merged"));
      case DECLARED -> with(new Intent.Declared());
    };
  }

  private EnvironmentState with(Intent intent) {
    return EnvironmentState.unknown(origin.environment())
        .with(new Presence(origin, intent, Optional.of(ONE), Optional.empty(), NOW));
  }

  private static EnvironmentState failed(EnvironmentState state) {
    return state.with(state.presence().orElseThrow().failed("no room"));
  }

  private Request.RebuildRequested rebuild(Incarnation incarnation) {
    return new Request.RebuildRequested(origin, incarnation, Optional.empty(), EpochChoice.SAME, "edited", "ann");
  }

  private Decision decide(Met met, Request.Lifecycle request) {
    Optional<Commit> tip = request instanceof Request.BranchPushed push ? Optional.of(push.commit()) : Optional.of(ONE);
    return decisions.decide(request, state(met), new Seen(tip));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      NOTHING         | Ignore         | Ignore         | Ignore         | Ignore         | Create         | Ignore
      CREATING        | GoOnCreating   | Ignore         | Ignore         | Ignore         | GoOnCreating   | Destroy
      CREATION_FAILED | Rebuild        | Ignore         | Ignore         | Ignore         | GoOnCreating   | Destroy
      STANDING        | Rebuild        | Ignore         | Ignore         | Ignore         | Update         | Destroy
      RETIRING        | Rebuild        | Ignore         | Retire         | Retire         | Update         | Destroy
      MAKING          | GoOnResetting  | GoOnResetting  | Ignore         | Ignore         | GoOnResetting  | Destroy
      MAKING_FAILED   | Rebuild        | GoOnResetting  | Ignore         | Ignore         | GoOnResetting  | Destroy
      MADE            | Ignore         | Ignore         | Switch         | Ignore         | Update         | Destroy
      NEXT_FAILED     | Rebuild        | Ignore         | Switch         | Ignore         | Update         | Destroy
      DESTROYING      | GoOnDestroying | GoOnDestroying | GoOnDestroying | GoOnDestroying | GoOnDestroying | GoOnDestroying
      DESTROYED       | Ignore         | Ignore         | Ignore         | Ignore         | Create         | Ignore
      DECLARED        | Ignore         | Ignore         | Ignore         | Ignore         | Ignore         | Ignore
      """)
  void aRebuildOfTheNewestOfAnOlderItsEndAPushAndAWishToDestroy(
      Met met, String asked, String askedOfAnOlder, String usable, String inVain, String push, String destroy) {
    assertThat(decide(met, rebuild(SECOND)).getClass().getSimpleName()).as("a rebuild").isEqualTo(asked);
    assertThat(decide(met, rebuild(FIRST)).getClass().getSimpleName()).as("a rebuild of an older").isEqualTo(askedOfAnOlder);
    assertThat(decide(met, new Request.RunFinished(origin, SECOND, ONE, true)).getClass().getSimpleName())
        .as("a run that ended usable").isEqualTo(usable);
    assertThat(decide(met, new Request.RunFinished(origin, SECOND, ONE, false)).getClass().getSimpleName())
        .as("a run in vain").isEqualTo(inVain);
    assertThat(decide(met, new Request.BranchPushed(origin, TWO, false, false, "ann")).getClass().getSimpleName())
        .as("a push").isEqualTo(push);
    assertThat(decide(met, new Request.DestroyRequested(origin, "enough", "ann")).getClass().getSimpleName())
        .as("a wish to destroy").isEqualTo(destroy);
  }

  @ParameterizedTest
  @EnumSource(Met.class)
  void theEndOfARunOnAnotherIncarnationIsStale(Met met) {
    assertThat(decide(met, new Request.RunFinished(origin, FIRST, ONE, true)))
        .isInstanceOf(met == Met.DESTROYING ? Decision.GoOnDestroying.class : Decision.Ignore.class);
  }

  @ParameterizedTest
  @EnumSource(value = Met.class, names = {"MADE", "NEXT_FAILED"})
  void theSameTipAgainIsNoUpdateOfTheNextOne(Met met) {
    assertThat(decide(met, new Request.BranchPushed(origin, ONE, false, false, "ann"))).isInstanceOf(Decision.Ignore.class);
  }

  @Test
  void theCommitIsTheOneNamedElseTheOneLastSeen() {
    Request.RebuildRequested named =
        new Request.RebuildRequested(origin, SECOND, Optional.of(TWO), EpochChoice.NEWEST, "edited", "ann");

    assertThat(decide(Met.STANDING, named)).isEqualTo(new Decision.Rebuild(named, TWO, EPOCH));
    assertThat(decide(Met.STANDING, rebuild(SECOND))).isEqualTo(new Decision.Rebuild(rebuild(SECOND), ONE, EPOCH));
  }

  @Test
  void withoutAnyCommitNothingCanBeRebuilt() {
    EnvironmentState state = with(new Intent.Standing(SECOND, EPOCH));
    EnvironmentState unseen = state.with(state.presence().orElseThrow().withTip(Optional.empty()));

    assertThat(decisions.decide(rebuild(SECOND), unseen, new Seen(Optional.empty()))).isInstanceOf(Decision.Ignore.class);
    assertThat(decisions.decide(rebuild(SECOND),
        unseen.with(new Schema(SECOND, TWO, "1", List.of(), true, Optional.empty(), NOW)), new Seen(Optional.empty())))
        .isEqualTo(new Decision.Rebuild(rebuild(SECOND), TWO, EPOCH));
  }
}
