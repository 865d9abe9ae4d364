package dev.offshoot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void itIsWrittenAsAnAgeADayOrATime() {
    assertThat(Moment.parse("2h", NOON)).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(Moment.parse("2026-11-21", NOON)).isEqualTo("2026-11-21T00:00:00Z");
    assertThat(Moment.parse("2026-11-22T09:30:00+01:00", NOON)).isEqualTo("2026-11-22T08:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "-2h", "2", "2026-13-01", "09:30"})
  void anythingElseIsRefusedWithWhatIsRight(String text) {
    assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> Moment.parse(text, NOON))
        .withMessageContainingAll("2h", "2026-11-22T09:30:00Z");
  }
}
