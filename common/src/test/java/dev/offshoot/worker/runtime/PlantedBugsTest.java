package dev.offshoot.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.offshoot.worker.runtime.PlantingLoader.Bug;

/** That the simulation finds bugs: each is planted into the compiled runtime and must break the law it endangers. */
class PlantedBugsTest {
  private static final int SEEDS = 2_000;

  @Test
  void nothingIsFoundWhereNothingIsPlanted() throws Exception {
    assertThat(found(200)).isEmpty();
  }

  @Test
  void aCursorThatIsNotAskedIsFound() throws Exception {
    assertThat(found(SEEDS, new Bug("Dispatcher", "Scribe.hasPassed", "never"))).isPresent();
  }

  @Test
  void anOffsetBeyondTheLowestUnfinishedRecordIsFound() throws Exception {
    assertThat(found(SEEDS, new Bug("Lanes$Partition", "NavigableSet.isEmpty", "always")))
        .hasValueSatisfying(failure -> assertThat(failure).contains("which nobody has dealt with"));
  }

  @Test
  void anOutcomeOfAnEndedAssignmentIsFound() throws Exception {
    assertThat(found(SEEDS, new Bug("Dispatcher", "Lanes.owns", "always"), new Bug("Dispatcher", "Lanes.finished", "ifItRuns")))
        .isPresent();
  }

  @Test
  void anIntentThatIsNotCommittedIsFound() throws Exception {
    assertThat(found(SEEDS, new Bug("Dispatcher", "Scribe.draft", "outcomesOnly")))
        .hasValueSatisfying(failure -> assertThat(failure).contains("without an intent"));
  }

  @Test
  void aLaneThatGoesOnBeforeItsIntentIsCommittedIsFound() throws Exception {
    assertThat(found(SEEDS, new Bug("Dispatcher", "List.add", "toldAtOnce")))
        .hasValueSatisfying(failure -> assertThat(failure).contains("without an intent"));
  }

  @Test
  void aBarrierThatIsPassedOverIsFound() throws Exception {
    assertThat(found(SEEDS, new Bug("Lanes", "Delivery.isUpdate", "always")))
        .hasValueSatisfying(failure -> assertThat(failure).contains("which nobody has dealt with"));
  }

  @Test
  void aStateThatDoesNotLearnOfItsOwnCommitsIsFound() throws Exception {
    assertThat(found(SEEDS, new Bug("Dispatcher", "StateIndex.apply", "not"))).isPresent();
  }

  @Test
  void aFacetThatIsCountedAnewIsFound() throws Exception {
    assertThat(found(SEEDS, new Bug("Scribe", "StateIndex.versions", "none")))
        .hasValueSatisfying(failure -> assertThat(failure).contains("has version 1 after 1"));
  }

  /** The first line of what the first failing seed says. */
  private static Optional<String> found(int seeds, Bug... bugs) throws Exception {
    PlantingLoader loader = new PlantingLoader(bugs);
    Method failure = loader.loadClass(Simulation.class.getName()).getDeclaredMethod("failure", long.class, Map.class);
    failure.setAccessible(true);
    for (long seed : LongStream.rangeClosed(1, seeds).toArray()) {
      Optional<?> found = (Optional<?>) failure.invoke(null, seed, new HashMap<>());
      if (found.isPresent()) {
        assertThat(loader.isPlanted()).isTrue();
        return found.map(text -> text.toString().lines().findFirst().orElseThrow());
      }
    }
    return Optional.empty();
  }
}
