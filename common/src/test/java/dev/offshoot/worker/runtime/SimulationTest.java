package dev.offshoot.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * {@code mvn test -pl common -Dtest=SimulationTest -Dsimulation.seeds=100000 -Dsimulation.from=1} for the long run;
 * {@code -Dsimulation.seed=N} writes what happens with one seed to the test's output.
 */
class SimulationTest {
  private static final String[] WHAT_HAPPENS = {
      "answer lost after the commit", "answer lost before the commit", "commit of a stale member", "crash", "deaf handler", "effect fails",
      "fenced producer", "junk", "leave", "rewind", "stop"
  };

  @Test
  void theLawsHoldWhateverDiesWheneverItDies() {
    Map<String, Integer> counts = new ConcurrentHashMap<>();
    long from = Long.getLong("simulation.from", 1);
    long seeds = Long.getLong("simulation.seeds", 10_000);
    Optional<String> failure = LongStream.range(from, from + seeds).parallel()
        .mapToObj(seed -> Simulation.failure(seed, counts)).flatMap(Optional::stream).findFirst();
    System.out.println(seeds + " seeds from " + from + ": " + new TreeMap<>(counts));

    assertThat(failure).isEmpty();
    assertThat(counts).as("all came to rest").containsEntry("at rest", (int) seeds);
    assertThat(counts).as("all kinds of faults happened").containsKeys(WHAT_HAPPENS);
  }

  @Test
  @EnabledIfSystemProperty(named = "simulation.seed", matches = "\\d+")
  void oneSeedIsReplayed() {
    long seed = Long.getLong("simulation.seed", 1);
    System.out.println(Simulation.trace(seed));

    assertThat(Simulation.failure(seed, new TreeMap<>())).isEmpty();
  }

  @Test
  void theSameSeedIsTheSameLife() {
    assertThat(Simulation.trace(7)).isEqualTo(Simulation.trace(7)).contains("assigned");
  }
}
