package dev.offshoot.reporter.clone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.SchemaDifference;

class BoundedComparisonsTest {
  private static final SchemaDifference SAME = SchemaDifference.NONE;

  @Test
  void whileTwoThatWereGivenUpStillRunNothingIsCompared() throws Exception {
    BoundedComparisons comparisons = new BoundedComparisons(Duration.ofMillis(100));
    CountDownLatch stubborn = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      assertThat(comparisons.run(() -> uninterruptibly(stubborn))).isInstanceOfSatisfying(
          Part.Missing.class, missing -> assertThat(missing.why()).contains("took longer"));
    }
    assertThat(comparisons.run(() -> SAME)).isInstanceOfSatisfying(
        Part.Missing.class, missing -> assertThat(missing.why()).contains("still run"));

    stubborn.countDown();

    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!comparisons.run(() -> SAME).equals(Part.present(SAME))) {
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
