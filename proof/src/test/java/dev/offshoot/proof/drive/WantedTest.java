package dev.offshoot.proof.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.offshoot.cli.system.WorkerName;

class WantedTest {
  private static final Cell CELL = new Cell(WorkerName.PROVISIONER, "postgres.clone.after", Step.PUSH, 1);

  private static Wanted wanted(List<String> points, List<String> workers, List<String> steps) {
    return new Wanted(points, workers, steps, false, 1);
  }

  @Test
  void withoutAWishEverythingIsWanted() {
    assertThat(wanted(List.of(), List.of(), List.of()).isAll()).isTrue();
    assertThat(wanted(List.of(), List.of(), List.of()).includes(CELL)).isTrue();
  }

  @Test
  void aPatternMatchesTheWholeName() {
    assertThat(wanted(List.of("postgres.*"), List.of(), List.of()).includes(CELL)).isTrue();
    assertThat(wanted(List.of("*.after"), List.of(), List.of()).includes(CELL)).isTrue();
    assertThat(wanted(List.of("postgres"), List.of(), List.of()).includes(CELL)).isFalse();
    assertThat(wanted(List.of("postgresXclone.after"), List.of(), List.of()).includes(CELL)).isFalse();
  }

  @Test
  void aWishThatNothingCanMeetIsTold() {
    Set<String> known = Set.of("postgres.clone.after");
    assertThat(wanted(List.of("postgres.*"), List.of("migrator"), List.of("push")).mistakes(known)).isEmpty();
    assertThat(wanted(List.of("postgres.*", "postgers.*"), List.of("migrater"), List.of("pusch")).mistakes(known))
        .satisfiesExactly(point -> assertThat(point).contains("postgers.*", "postgres.clone.after"),
            worker -> assertThat(worker).contains("migrater", "migrator"), step -> assertThat(step).contains("pusch", "next-push"));
  }

  @Test
  void everyWishMustBeMet() {
    assertThat(wanted(List.of("postgres.*"), List.of("provisioner"), List.of("push")).includes(CELL)).isTrue();
    assertThat(wanted(List.of("postgres.*"), List.of("migrator"), List.of("push")).includes(CELL)).isFalse();
    assertThat(wanted(List.of("postgres.*"), List.of("provisioner"), List.of("merge")).includes(CELL)).isFalse();
  }
}
