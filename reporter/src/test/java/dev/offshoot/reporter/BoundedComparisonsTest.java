package dev.offshoot.reporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.offshoot.reporter.SchemaDifference.Compared;
import dev.offshoot.reporter.SchemaDifference.NotCompared;

class BoundedComparisonsTest {
  private static final Compared SAME = new Compared(List.of(), "", List.of());

  @Test
  void whileTwoThatWereGivenUpStillRunNothingIsCompared() throws Exception {
    BoundedComparisons comparisons = new BoundedComparisons(Duration.ofMillis(100));
    CountDownLatch stubborn = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      assertThat(comparisons.run(() -> uninterruptibly(stubborn)).summary()).contains("could not be compared");
    }
    assertThat(comparisons.run(() -> SAME)).isInstanceOfSatisfying(
        NotCompared.class, not -> assertThat(not.why()).contains("still run"));

    stubborn.countDown();

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!comparisons.run(() -> SAME).equals(SAME)) {
      assertThat(System.nanoTime()).as("they end").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** As a parser is: deaf to interrupts. */
  private static SchemaDifference uninterruptibly(CountDownLatch end) {
    while (true) {
      try {
        end.await();
        return SAME;
      } catch (InterruptedException e) {
        // goes on
      }
    }
  }
}
