package dev.offshoot.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class WindowTest {
  private final Window window = new Window(100);

  @Test
  void onePartitionMayTakeAllTheRoom() {
    assertThat(window.paused(Map.of(0, 99L, 1, 0L))).isEmpty();
  }

  @Test
  void aFullWindowKeepsOnlyThoseWaitingThatHoldMoreThanTheirShare() {
    assertThat(window.paused(Map.of(0, 80L, 1, 20L, 2, 0L, 3, 10L))).containsExactly(0);
  }

  @Test
  void aPausedPartitionIsReadAgainWhenHalfOfItIsGone() {
    window.paused(Map.of(0, 60L, 1, 40L));

    assertThat(window.paused(Map.of(0, 26L, 1, 40L))).containsExactly(0);
    assertThat(window.paused(Map.of(0, 24L, 1, 40L))).isEmpty();
  }

  @Test
  void aPausedPartitionIsReadAgainWhenOthersHaveMadeRoom() {
    window.paused(Map.of(0, 60L, 1, 40L));

    assertThat(window.paused(Map.of(0, 49L, 1, 0L))).isEmpty();
  }

  @Test
  void whatIsNoLongerOursIsForgotten() {
    window.paused(Map.of(0, 60L, 1, 40L));

    assertThat(window.paused(Map.of(1, 40L))).isEmpty();
  }
}
