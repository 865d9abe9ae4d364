package dev.offshoot.proof.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

class ChosenTest {
  private static final List<String> KNOWN = List.of("lost", "clock");

  @Test
  void withoutALabelAllAreChosen() {
    assertThat(Chosen.of(" ", KNOWN).includes("lost")).isTrue();
  }

  @Test
  void aLabelThatIsNotKnownIsRefusedWithThoseThatAre() {
    assertThat(Chosen.of("lost", KNOWN).includes("clock")).isFalse();
    assertThatThrownBy(() -> Chosen.of("lost,clocks", KNOWN)).hasMessageContaining("'clocks'").hasMessageContaining("lost, clock");
  }
}
