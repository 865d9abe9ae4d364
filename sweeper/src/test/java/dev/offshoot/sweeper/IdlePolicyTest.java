package dev.offshoot.sweeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

import dev.offshoot.environment.Activity;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.Request;

class IdlePolicyTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration IDLE_AFTER = Duration.ofDays(3);
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private static final Origin BRANCH = Origin.ofBranch(SHOP, GitRef.ofBranch("feature/x"));
  private static final Incarnation SECOND = new Incarnation(2);
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final Commit COMMIT = new Commit("a".repeat(40));
  private final IdlePolicy policy = new IdlePolicy(IDLE_AFTER);

  /** The moments, in hours from the start, of the last decision, migration, report and session. */
  record Uses(int presence, int schema, int report, int activity) {
    Instant newest() {
      return START.plus(Duration.ofHours(Collections.max(List.of(presence, schema, report, activity))));
    }
  }

  @Provide
  Arbitrary<Uses> uses() {
    Arbitrary<Integer> hours = Arbitraries.integers().between(0, 500);
    return Combinators.combine(hours, hours, hours, hours).as(Uses::new);
  }

  private static EnvironmentState state(Origin origin, Intent intent, Uses uses) {
    return EnvironmentState.unknown(origin.environment())
        .with(new Presence(origin, intent, Optional.of(COMMIT), Optional.empty(), hour(uses.presence())))
        .with(new Schema(SECOND, COMMIT, "1", List.of(), true, Optional.empty(), hour(uses.schema())))
        .with(new Report(SECOND, COMMIT, "reports/x", hour(uses.report())))
        .with(new Activity(hour(uses.activity())));
  }

  private static Instant hour(int hours) {
    return START.plus(Duration.ofHours(hours));
  }

  @Property
  void aStandingEnvironmentIsIdleExactlyFromItsDueTimeOn(
      @ForAll("uses") Uses uses, @ForAll @LongRange(min = -400_000, max = 400_000) long secondsAfterDue) {
    Instant due = uses.newest().plus(IDLE_AFTER);
    EnvironmentState state = state(BRANCH, new Intent.Standing(SECOND, EPOCH), uses);

    assertThat(policy.decide(state, due.plusSeconds(secondsAfterDue)))
        .isEqualTo(secondsAfterDue < 0 ? Optional.empty() : Optional.of(new Request.Expired(BRANCH, SECOND, due)));
  }

  @Property
  void nothingElseIsEverIdle(@ForAll("uses") Uses uses) {
    Instant muchLater = START.plus(Duration.ofDays(3650));
    Stream<Intent> others = Stream.of(
        new Intent.Creating(SECOND, EPOCH), new Intent.Destroying(SECOND, "merged"),
            new Intent.Destroyed(SECOND, "merged"),
        new Intent.Declared());

    assertThat(others)
        .allSatisfy(intent -> assertThat(policy.decide(state(BRANCH, intent, uses), muchLater)).isEmpty());
  }

  @Property
  void aCreationThatFailedIsIdleLikeAStandingEnvironment(@ForAll("uses") Uses uses) {
    EnvironmentState creating = state(BRANCH, new Intent.Creating(SECOND, EPOCH), uses);
    EnvironmentState failed = creating.with(creating.presence().orElseThrow().failed("no room"));
    Instant due = uses.newest().plus(IDLE_AFTER);

    assertThat(policy.decide(failed, due)).contains(new Request.Expired(BRANCH, SECOND, due));
    assertThat(policy.decide(failed, due.minusMillis(1))).isEmpty();
  }

  @Property
  void aRebuildIsIdleLikeWhatServesAndTheAskNamesTheNewestIncarnation(@ForAll("uses") Uses uses) {
    EnvironmentState state =
        state(BRANCH, new Intent.Resetting(Incarnation.FIRST, SECOND, EPOCH, "edited"), uses);
    Instant due = uses.newest().plus(IDLE_AFTER);

    assertThat(policy.decide(state, due)).contains(new Request.Expired(BRANCH, SECOND, due));
    assertThat(policy.decide(state, due.minusMillis(1))).isEmpty();
  }

  @Property
  void stagingIsNeverIdleWhateverItsStateSays(@ForAll("uses") Uses uses) {
    Origin staging = Origin.staging(SHOP, "main");
    Instant muchLater = START.plus(Duration.ofDays(3650));

    assertThat(Stream.of(new Intent.Declared(), new Intent.Standing(SECOND, EPOCH)))
        .allSatisfy(intent -> assertThat(policy.decide(state(staging, intent, uses), muchLater)).isEmpty());
  }

  @Property
  void theSameAskHasTheSameIdAndAMovedDueTimeAnother(@ForAll("uses") Uses uses) {
    EnvironmentState state = state(BRANCH, new Intent.Standing(SECOND, EPOCH), uses);
    Instant late = START.plus(Duration.ofDays(100));

    var ask = policy.decide(state, late).orElseThrow();
    var again = policy.decide(state, late.plusSeconds(7)).orElseThrow();
    var afterUse = policy.decide(state.with(new Activity(uses.newest().plusSeconds(1))), late).orElseThrow();

    assertThat(Round.Ask.of(again).id()).isEqualTo(Round.Ask.of(ask).id());
    assertThat(Round.Ask.of(afterUse).id()).isNotEqualTo(Round.Ask.of(ask).id());
  }

  @Example
  void anEnvironmentNobodyHasSpokenOfIsNotIdle() {
    assertThat(policy.decide(EnvironmentState.unknown(BRANCH.environment()), Instant.MAX)).isEmpty();
  }

  @Example
  void anIdleTimeOfZeroIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new IdlePolicy(Duration.ZERO))
        .withMessageContaining("above zero");
  }

  @Example
  void aRehearsalIsOverAtItsExpiryHoweverMuchItIsUsed() {
    Origin rehearsal = BRANCH.rehearsing(new Origin.Rehearsal(COMMIT, EPOCH));
    Instant expiry = START.plus(Duration.ofHours(1));
    EnvironmentState state = EnvironmentState.unknown(rehearsal.environment())
        .with(new Presence(rehearsal, new Intent.Standing(SECOND, EPOCH), Optional.of(COMMIT), Optional.empty(), START)
            .expiring(expiry)).with(new Activity(expiry));

    assertThat(policy.decide(state, expiry.minusMillis(1))).isEmpty();
    assertThat(policy.decide(state, expiry)).hasValue(new Request.Expired(rehearsal, SECOND, expiry));
  }
}
