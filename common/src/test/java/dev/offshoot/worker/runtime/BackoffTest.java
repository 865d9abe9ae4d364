package dev.offshoot.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15));

  @Property
  void aPauseIsBetweenHalfAndAllOfWhatTheAttemptIsDue(
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int attempt, @ForAll long seed) {
    long due = attempt > 7 ? 15_000 : Math.min(15_000, 200L << (attempt - 1));

    assertThat(BACKOFF.after(attempt, new SplittableRandom(seed))).isBetween(Duration.ofMillis(due / 2),
        Duration.ofMillis(due));
  }

  @Example
  void lanesThatFailedTogetherDoNotComeBackTogether() {
    SplittableRandom random = new SplittableRandom(1);

    assertThat(java.util.stream.Stream.generate(() -> BACKOFF.after(10, random)).limit(20).distinct().count())
        .isGreaterThan(15);
  }

  @Example
  void whoAsksToBeLeftAloneIsButNotForEver() {
    SplittableRandom random = new SplittableRandom(1);

    assertThat(BACKOFF.after(1, Duration.ofSeconds(60), random)).isBetween(Duration.ofMillis(60_100), Duration.ofMillis(60_200));
    assertThat(BACKOFF.after(1, Duration.ofDays(300), random)).isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
  }

  @Example
  void aLongestBelowTheFirstIsTheLimit() {
    assertThat(new Backoff(Duration.ofSeconds(5), Duration.ofMillis(1)).after(3, new SplittableRandom(1)))
        .isBetween(Duration.ZERO, Duration.ofMillis(1));
  }
}
