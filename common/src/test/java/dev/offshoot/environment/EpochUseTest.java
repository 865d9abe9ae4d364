package dev.offshoot.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class EpochUseTest {
  private static final RepositoryKey SHOP = new RepositoryKey("shop");
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Epoch OLDEST = epoch("2026-11-20T09:00:00Z");
  private static final Epoch OLDER = epoch("2026-11-21T09:00:00Z");
  private static final Epoch NEWEST = epoch("2026-11-22T09:00:00Z");
  private static final Epochs EPOCHS = new Epochs(List.of(OLDEST, OLDER, NEWEST));

  private static Epoch epoch(String at) {
    return new Epoch(EpochId.at(Instant.parse(at)), Instant.parse(at), List.of());
  }

  private static EnvironmentState environment(String key, Intent intent) {
    Origin origin = Origin.ofBranch(new RepositoryKey(key), GitRef.ofBranch("x"));
    return EnvironmentState.unknown(origin.environment())
        .with(new Presence(origin, intent, Optional.empty(), Optional.empty(), NOW));
  }

  private static EpochUse use(EnvironmentState... environments) {
    return EpochUse.of(SHOP, EPOCHS, List.of(environments));
  }

  @Test
  void theNewestAndWhatAnEnvironmentIsMadeFromAreInUse() {
    assertThat(use().used()).containsExactly(NEWEST.id());
    assertThat(use(environment("shop", new Intent.Standing(Incarnation.FIRST, OLDER.id()))).used())
        .containsExactlyInAnyOrder(NEWEST.id(), OLDER.id());
    assertThat(use(environment("shop", new Intent.Destroyed(Incarnation.FIRST, "merged"))).used()).containsExactly(NEWEST.id());
    assertThat(use(environment("other", new Intent.Standing(Incarnation.FIRST, OLDER.id()))).used()).containsExactly(NEWEST.id());
  }

  @Test
  void whatServesWhileAnotherIsMadeKeepsItsEpoch() {
    EnvironmentState state = environment("shop", new Intent.Resetting(Incarnation.FIRST, new Incarnation(2), OLDER.id(), "edited"))
        .with(new Stores(Incarnation.FIRST, OLDEST.id(), "k1", List.of()));

    assertThat(use(state).used()).containsExactlyInAnyOrder(OLDEST.id(), OLDER.id(), NEWEST.id());
  }

  @Test
  void anEpochIsMarkedOnceAndTheMarkGoesWhenItIsUsedAgain() {
    Epochs marked = use().marked(EPOCHS, NOW);
    Epochs later = use(environment("shop", new Intent.Creating(Incarnation.FIRST, OLDER.id()))).marked(marked, NOW.plus(DAY));

    assertThat(marked.epochs()).extracting(Epoch::unusedSince)
        .containsExactly(Optional.of(NOW), Optional.of(NOW), Optional.empty());
    assertThat(later.epochs()).extracting(Epoch::unusedSince)
        .containsExactly(Optional.of(NOW), Optional.empty(), Optional.empty());
  }

  @Test
  void thereIsSomethingToDoFromTheFirstUnusedOneOn() {
    Epochs marked = use().marked(EPOCHS, NOW);

    assertThat(use().due(EPOCHS, DAY)).contains(OLDEST.takenAt());
    assertThat(use().due(marked, DAY)).contains(NOW.plus(DAY));
    assertThat(use().due(new Epochs(List.of(NEWEST)), DAY)).isEmpty();
    assertThat(use().due(new Epochs(List.of(NEWEST), Optional.of(OLDER)), DAY)).contains(OLDER.takenAt());
  }
}
