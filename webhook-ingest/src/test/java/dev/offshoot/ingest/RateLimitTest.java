package dev.offshoot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final String HOST = "192.0.2.1";
  private final HandClock clock = new HandClock();
  private final RateLimit limit = new RateLimit(60, clock);

  @Test
  void aMinutesWorthMayComeAtOnceAndThenOneASecond() {
    assertThat(IntStream.range(0, 60).filter(_ -> limit.take(TestConfig.GITEA, HOST).isEmpty()).count()).isEqualTo(60);
    assertThat(limit.take(TestConfig.GITEA, HOST)).contains(Duration.ofSeconds(1));

    clock.advance(Duration.ofSeconds(2));

    assertThat(limit.take(TestConfig.GITEA, HOST)).isEmpty();
    assertThat(limit.take(TestConfig.GITEA, HOST)).isEmpty();
    assertThat(limit.take(TestConfig.GITEA, HOST)).isPresent();
  }

  @Test
  void aFloodKeepsNeitherAnotherSenderNorAnotherHookOut() {
    IntStream.range(0, 100).forEach(_ -> limit.take(TestConfig.GITEA, "203.0.113.9"));

    assertThat(limit.take(TestConfig.GITEA, "203.0.113.9")).isPresent();
    assertThat(limit.take(TestConfig.GITEA, HOST)).isEmpty();
    assertThat(limit.take(TestConfig.GITHUB, "203.0.113.9")).isEmpty();
  }

  @Test
  void whatIsRememberedOfSendersIsBounded() {
    IntStream.range(0, RateLimit.MOST_SENDERS * 2).forEach(i -> limit.take(TestConfig.GITEA, "10.0." + i));

    assertThat(limit.senders()).isEqualTo(RateLimit.MOST_SENDERS);
  }

  @Test
  void aClockThatGoesBackTakesNothingAway() {
    limit.take(TestConfig.GITEA, HOST);
    clock.advance(Duration.ofHours(-1));

    assertThat(limit.take(TestConfig.GITEA, HOST)).isEmpty();
  }

  private static final class HandClock extends Clock {
    private Instant now = RunningIngest.NOW;

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
