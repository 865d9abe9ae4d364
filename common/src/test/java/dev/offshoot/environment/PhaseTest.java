package dev.offshoot.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PhaseTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final Commit TIP = new Commit("1".repeat(40));
  private static final Commit OLDER_COMMIT = new Commit("2".repeat(40));
  private static final Incarnation SECOND = new Incarnation(2);
  private static final Origin ORIGIN = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("x"));
  private static final MigrationFailure SYNTAX = new MigrationFailure(
      "syntax error", Optional.of("V2__x.sql"), Optional.of(3), Optional.of("SELEC 1"), Optional.of("42601"));

  /** What the migrator may have said. */
  enum Migrated {
    NOTHING, OTHER_INCARNATION_FINE, OTHER_INCARNATION_FAILED, OLDER_COMMIT_FINE, OLDER_COMMIT_FAILED, TIP_FINE,
        TIP_FAILED;

    Optional<Schema> schema() {
      return switch (this) {
        case NOTHING -> Optional.empty();
        case OTHER_INCARNATION_FINE -> of(Incarnation.FIRST, TIP, Optional.empty());
        case OTHER_INCARNATION_FAILED -> of(Incarnation.FIRST, TIP, Optional.of(SYNTAX));
        case OLDER_COMMIT_FINE -> of(SECOND, OLDER_COMMIT, Optional.empty());
        case OLDER_COMMIT_FAILED -> of(SECOND, OLDER_COMMIT, Optional.of(SYNTAX));
        case TIP_FINE -> of(SECOND, TIP, Optional.empty());
        case TIP_FAILED -> of(SECOND, TIP, Optional.of(SYNTAX));
      };
    }

    private static Optional<Schema> of(Incarnation incarnation, Commit commit, Optional<MigrationFailure> failure) {
      return Optional.of(new Schema(incarnation, commit, "2", List.of(), true, failure, NOW));
    }
  }

  /** Every facet but presence, in every combination that could matter. */
  record Others(Migrated migrated, boolean stores, boolean epoch, boolean rest) {
    EnvironmentState beside(Optional<Presence> presence) {
      EnvironmentState state = EnvironmentState.unknown(ORIGIN.environment());
      for (Facet facet : presence.stream().toList()) {
        state = state.with(facet);
      }
      for (Facet facet : migrated.schema().stream().toList()) {
        state = state.with(facet);
      }
      if (stores) {
        state = state.with(new Stores(SECOND, EPOCH, "k1", List.of()));
      }
      if (epoch) {
        state = state.with(new Epochs(List.of(new Epoch(EPOCH, NOW, List.of()))));
      }
      if (rest) {
        state = state.with(new Activity(NOW)).with(new Backups(List.of())).with(new Report(SECOND, TIP, "r", NOW));
      }
      return state;
    }
  }

  private static Presence presence(Intent intent, boolean failed) {
    return new Presence(ORIGIN, intent, Optional.of(TIP), failed ? Optional.of("no room") : Optional.empty(), NOW);
  }

  @Property
  void anEnvironmentWithoutPresenceIsRequested(@ForAll("others") Others others) {
    assertThat(others.beside(Optional.empty()).phase()).isEqualTo(Phase.REQUESTED);
  }

  /** Presence tells only when the intent was taken. */
  @Test
  void aPhaseIsAsOldAsWhatMadeItSo() {
    Instant run = NOW.plusSeconds(90);
    Presence standing = presence(new Intent.Standing(SECOND, EPOCH), false);
    EnvironmentState migrating = EnvironmentState.unknown(ORIGIN.environment()).with(standing);
    EnvironmentState ready = migrating.with(new Schema(SECOND, TIP, "2", List.of(), true, Optional.empty(), run));

    assertThat(migrating.since()).hasValue(NOW);
    assertThat(ready.since()).hasValue(run);
    assertThat(migrating.with(new Schema(SECOND, TIP, "2", List.of(), true, Optional.of(SYNTAX), run)).since()).hasValue(run);
    assertThat(ready.with(standing.movedTo(Optional.of(OLDER_COMMIT))).since()).as("a further commit is brought in").isEmpty();
    assertThat(migrating.with(standing.failed("no room")).since()).as("when the stores failed").isEmpty();
    assertThat(ready.with(standing.with(new Intent.Destroyed(SECOND, "merged"), run.plusSeconds(1))).since())
        .hasValue(run.plusSeconds(1));
  }

  @Property
  void whatIsBeingMadeIsProvisioningUntilItFails(@ForAll("others") Others others, @ForAll boolean failed) {
    assertThat(others.beside(Optional.of(presence(new Intent.Creating(SECOND, EPOCH), failed))).phase())
        .isEqualTo(failed ? Phase.FAILED : Phase.PROVISIONING);
  }

  @Property
  void whatIsBeingRemovedIsExpiringUntilItFails(@ForAll("others") Others others, @ForAll boolean failed) {
    assertThat(others.beside(Optional.of(presence(new Intent.Destroying(SECOND, "merged"), failed))).phase())
        .isEqualTo(failed ? Phase.FAILED : Phase.EXPIRING);
  }

  @Property
  void whatIsGoneIsDestroyed(@ForAll("others") Others others, @ForAll boolean failed) {
    assertThat(others.beside(Optional.of(presence(new Intent.Destroyed(SECOND, "merged"), failed))).phase())
        .isEqualTo(Phase.DESTROYED);
  }

  @Property
  void aStaticEnvironmentIsReadyOnceItHasAnEpoch(@ForAll("others") Others others, @ForAll boolean failed) {
    assertThat(others.beside(Optional.of(presence(new Intent.Declared(), failed))).phase())
        .isEqualTo(others.epoch() ? Phase.READY : failed ? Phase.FAILED : Phase.PROVISIONING);
  }

  @Property
  void whatStandsIsAsFarAsTheMigrationsOfItsTipInThisIncarnation(@ForAll("others") Others others,
      @ForAll boolean failed) {
    Phase phase = others.beside(Optional.of(presence(new Intent.Standing(SECOND, EPOCH), failed))).phase();

    Phase unmigrated = failed ? Phase.FAILED : Phase.MIGRATING;
    assertThat(phase).isEqualTo(switch (others.migrated()) {
      case NOTHING, OTHER_INCARNATION_FINE, OTHER_INCARNATION_FAILED, OLDER_COMMIT_FINE, OLDER_COMMIT_FAILED ->
          unmigrated;
      case TIP_FINE -> Phase.READY;
      case TIP_FAILED -> Phase.FAILED;
    });
  }

  @Property
  void whateverFailedSaysWhy(@ForAll("others") Others others, @ForAll("intents") Intent intent,
      @ForAll boolean failed) {
    EnvironmentState state = others.beside(Optional.of(presence(intent, failed)));

    if (state.phase() == Phase.FAILED) {
      assertThat(state.failure()).isPresent();
    }
  }

  @Example
  void theReasonOfAFailedMigrationNamesTheLine() {
    EnvironmentState state = new Others(Migrated.TIP_FAILED, true, false, false)
        .beside(Optional.of(presence(new Intent.Standing(SECOND, EPOCH), false)));

    assertThat(state.failure()).contains("V2__x.sql:3: syntax error");
  }

  @Example
  void storesOfAnOlderIncarnationAreNotCurrent() {
    EnvironmentState state = EnvironmentState.unknown(ORIGIN.environment())
        .with(presence(new Intent.Creating(SECOND, EPOCH), false))
        .with(new Stores(Incarnation.FIRST, EPOCH, "k1", List.of()));

    assertThat(state.currentStores()).isEmpty();
    assertThat(state.stores()).isPresent();
  }

  @Provide
  Arbitrary<Others> others() {
    Arbitrary<Boolean> yesOrNo = Arbitraries.of(true, false);
    return Combinators.combine(Arbitraries.of(Migrated.class), yesOrNo, yesOrNo, yesOrNo).as(Others::new);
  }

  @Provide
  Arbitrary<Intent> intents() {
    return Arbitraries.of(new Intent.Creating(SECOND, EPOCH), new Intent.Standing(SECOND, EPOCH),
        new Intent.Resetting(Incarnation.FIRST, SECOND, EPOCH, "edited"), new Intent.Destroying(SECOND, "merged"),
        new Intent.Destroyed(SECOND, "merged"), new Intent.Declared());
  }
}
