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

/** What people see while the second incarnation is made beside the first. */
class RebuildPhaseTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
  private static final EpochId EPOCH = new EpochId("e261121093000000");
  private static final Commit TIP = new Commit("1".repeat(40));
  private static final Commit OLDER = new Commit("2".repeat(40));
  private static final Incarnation FIRST = Incarnation.FIRST;
  private static final Incarnation SECOND = new Incarnation(2);
  private static final Incarnation THIRD = new Incarnation(3);
  private static final Origin ORIGIN = Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("x"));
  private static final Intent RESETTING = new Intent.Resetting(FIRST, SECOND, EPOCH, "edited");

  /** Whose stores are known. */
  enum Made {
    NONE, SERVING, NEXT, BOTH
  }

  /** What the migrator said last: of which incarnation, at which commit, and whether it failed. */
  record Migrated(Incarnation incarnation, Commit commit, boolean failed) {
    Schema schema() {
      return new Schema(incarnation, commit, "2", List.of(), !failed,
          failed ? Optional.of(MigrationFailure.of("syntax error")) : Optional.empty(), NOW);
    }
  }

  private static Stores stores(Incarnation incarnation) {
    return new Stores(incarnation, EPOCH, "k1", List.of());
  }

  private static EnvironmentState state(Made made, Optional<Migrated> migrated, boolean failed) {
    EnvironmentState state = EnvironmentState.unknown(ORIGIN.environment()).with(new Presence(
        ORIGIN, RESETTING, Optional.of(TIP), failed ? Optional.of("no room") : Optional.empty(), NOW));
    state = switch (made) {
      case NONE -> state;
      case SERVING -> state.with(stores(FIRST));
      case NEXT -> state.with(stores(SECOND));
      case BOTH -> state.with(stores(FIRST).beside(stores(SECOND)));
    };
    return migrated.isPresent() ? state.with(migrated.get().schema()) : state;
  }

  @Property
  void itHasFailedExactlyWhenTheNextOneHas(@ForAll Made made, @ForAll("migrated") Optional<Migrated> migrated, @ForAll boolean failed) {
    EnvironmentState state = state(made, migrated, failed);
    boolean nextFailed = migrated.equals(Optional.of(new Migrated(SECOND, TIP, true)));

    assertThat(state.phase() == Phase.FAILED).isEqualTo(failed || nextFailed);
    if (state.phase() == Phase.FAILED) {
      assertThat(state.failure()).isPresent();
    }
  }

  @Property
  void itIsReadyExactlyWhileWhatServesIsAndNothingFailed(@ForAll Made made, @ForAll("migrated") Optional<Migrated> migrated) {
    boolean serves = made == Made.SERVING || made == Made.BOTH;
    boolean atTheTip = migrated
        .filter(m -> m.commit().equals(TIP) && !m.failed() && !m.incarnation().equals(THIRD)).isPresent();

    assertThat(state(made, migrated, false).phase() == Phase.READY).isEqualTo(serves && atTheTip);
  }

  @Example
  void whatServesInVainShowsHowFarTheNextOneIs() {
    Optional<Migrated> broken = Optional.of(new Migrated(FIRST, TIP, true));

    assertThat(state(Made.SERVING, broken, false).phase()).isEqualTo(Phase.PROVISIONING);
    assertThat(state(Made.BOTH, broken, false).phase()).isEqualTo(Phase.MIGRATING);
    assertThat(state(Made.NONE, Optional.empty(), false).phase()).isEqualTo(Phase.PROVISIONING);
    assertThat(state(Made.NEXT, Optional.empty(), false).phase()).isEqualTo(Phase.MIGRATING);
  }

  @Example
  void aPushThatTheNextOneIsYetToTakeIsNotReady() {
    assertThat(state(Made.BOTH, Optional.of(new Migrated(SECOND, OLDER, true)), false).phase()).isEqualTo(Phase.MIGRATING);
    assertThat(state(Made.BOTH, Optional.of(new Migrated(SECOND, OLDER, false)), false).phase()).isEqualTo(Phase.MIGRATING);
  }

  @Example
  void peopleUseTheStoresThatServeAndTheMigratorFindsBoth() {
    EnvironmentState state = state(Made.BOTH, Optional.empty(), false);

    assertThat(state.currentStores()).contains(stores(FIRST));
    assertThat(state.storesOf(SECOND)).contains(stores(SECOND));
    assertThat(state.storesOf(THIRD)).isEmpty();
    assertThat(state.incarnation()).contains(SECOND);
    assertThat(state(Made.NEXT, Optional.empty(), false).currentStores()).isEmpty();
  }

  @Example
  void onceTheNextOneServesNobodyIsTakenToTheOldStores() {
    EnvironmentState state = state(Made.BOTH, Optional.empty(), false).with(new Presence(
        ORIGIN, new Intent.Standing(SECOND, EPOCH, Optional.of(FIRST)), Optional.of(TIP), Optional.empty(), NOW));

    assertThat(state.storesOf(FIRST)).isEmpty();
    assertThat(state.currentStores()).contains(stores(SECOND));
  }

  @Provide
  Arbitrary<Optional<Migrated>> migrated() {
    return Combinators.combine(Arbitraries.of(FIRST, SECOND, THIRD), Arbitraries.of(TIP, OLDER), Arbitraries.of(true, false))
        .as(Migrated::new).optional();
  }
}
