package dev.offshoot.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.offshoot.cli.system.WorkerName;
import dev.offshoot.fault.FaultPoint;

class FaultCatalogueTest {
  private final FaultCatalogue catalogue = FaultCatalogue.ofThisProgram();

  private Stream<FaultPlace> ofTheProgram() {
    return catalogue.places().stream().filter(place -> !place.place().startsWith(Offender.class.getSimpleName()));
  }

  @Test
  void theProgramKeepsTheLawOfTheirNames() {
    assertThat(catalogue.problems()).filteredOn(problem -> !problem.contains("FaultCatalogueTest$Offender")).isEmpty();
  }

  @Test
  void everyWorkerHasSomeAndThereAreAtLeastForty() {
    assertThat(ofTheProgram()).hasSizeGreaterThanOrEqualTo(40);
    for (WorkerName worker : WorkerName.values()) {
      assertThat(ofTheProgram()).as(worker.label()).anyMatch(place -> place.workers().contains(worker.label()));
    }
  }

  @Test
  void aPointBelongsToTheWorkersWhoseCodeLeadsToIt() {
    assertThat(ofTheProgram().filter(place -> place.name().equals("postgres.clone.after")))
        .containsExactly(new FaultPlace("postgres.clone.after", "provisioner", "SlotMaking.copy", List.of("provisioner")));
    assertThat(ofTheProgram().filter(place -> place.name().equals("blob.write.after")))
        .containsExactly(new FaultPlace("blob.write.after", "common", "FolderBlobs.write", List.of("reporter", "migrator", "provisioner")));
  }

  @Test
  void whatBreaksTheLawIsNamed() {
    assertThat(catalogue.problems())
        .anyMatch(problem -> problem.contains("Offender.computed") && problem.contains("literal"))
        .anyMatch(problem -> problem.contains("Offender.shouting") && problem.contains("'Loud'"))
        .anyMatch(problem -> problem.contains("'twice.said'"));
  }

  /** Breaks every rule; compiled, never run. */
  @SuppressWarnings("unused")
  private static final class Offender {
    private static void computed(int number) {
      FaultPoint.at("number." + number);
    }

    private static void shouting() {
      FaultPoint.at("Loud");
    }

    private static void twice() {
      FaultPoint.at("twice.said");
      FaultPoint.at("twice.said");
    }
  }
}
