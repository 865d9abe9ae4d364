package dev.offshoot.proof.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offshoot.proof.check.Expectation;

/** The checker on a real installation: silent when all is well, not when a worker has a bug. */
class MutantsTest {
  @TempDir
  Path folder;

  private static Mutants.Mutant mutant(String label) {
    return Mutants.all().stream().filter(mutant -> mutant.label().equals(label)).findFirst().orElseThrow();
  }

  @Test
  void aPlantedBugIsFoundWhereNothingIsFoundWithoutIt() throws Exception {
    try (Rig rig = Rig.prepare(folder)) {
      rig.startWorkers();
      rig.host().tell(rig.shop().push("feature/well", 3));
      rig.expect(Expectation.NOTHING);
      assertThat(rig.problems()).isEmpty();

      assertThat(Mutants.bitten(rig, mutant("migrations-skipped"))).anyMatch(problem -> problem.startsWith("I7 "));
      assertThat(Mutants.bitten(rig, mutant("sequence-not-kept"))).anyMatch(problem -> problem.startsWith("I5 "));
    }
  }
}
