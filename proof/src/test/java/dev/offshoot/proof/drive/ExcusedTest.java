package dev.offshoot.proof.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.offshoot.cli.fault.FaultCatalogue;
import dev.offshoot.cli.fault.FaultPlace;

class ExcusedTest {
  private static final List<String> POINTS = FaultCatalogue.ofThisProgram().places().stream().map(FaultPlace::name).distinct().toList();

  @Test
  void whatIsExcusedIsThere() {
    assertThat(Excused.values()).allSatisfy(excused -> assertThat(excused.points()).allSatisfy(pattern ->
        assertThat(POINTS).anyMatch(point -> Wanted.matches(pattern, point))));
  }

  @Test
  void mostPointsAreNotExcused() {
    assertThat(POINTS.stream().filter(point -> Excused.of(point).isEmpty()).count()).isGreaterThan(POINTS.size() * 4L / 5);
    assertThat(Excused.of("postgres.pool.claim.after")).isEmpty();
    assertThat(Excused.of("postgres.archive.put.before")).isEqualTo(Optional.of(Excused.DUMPS));
    assertThat(Arrays.stream(Excused.values()).map(Excused::why)).noneMatch(String::isBlank);
  }
}
