package dev.offshoot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class EventuallyTest {
  @Test
  void theFirstValueThatSatisfiesIsReturned() {
    var probes = new AtomicInteger();
    int value = Eventually.await("it counts to three", Duration.ofMinutes(2), probes::incrementAndGet, n -> n >= 3);
    assertThat(value).isEqualTo(3);
  }

  @Test
  void atTheDeadlineTheLastValueIsShown() {
    assertThatThrownBy(() -> Eventually.await(
        "the branch is ready", Duration.ofMillis(50), () -> "migrating", "ready"::equals))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("the branch is ready", "migrating");
  }

  @Test
  void atTheDeadlineTheLastExceptionIsTheCause() {
    assertThatThrownBy(() -> Eventually.await("the server answers", Duration.ofMillis(50), () -> {
      throw new IllegalStateException("connection refused");
    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("connection refused")
        .hasCauseInstanceOf(IllegalStateException.class);
  }
}
