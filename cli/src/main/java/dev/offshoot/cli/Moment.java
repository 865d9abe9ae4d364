package dev.offshoot.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

import dev.offshoot.config.Durations;

/** A point in time as people write it: {@code 2h} ago, {@code 2026-11-22}, {@code 2026-11-22T09:30:00Z}. */
final class Moment {
  private Moment() {}

  /** @throws WrongUsage when it is none */
  static Instant parse(String text, Clock clock) {
    return ago(text, clock).or(() -> date(text)).or(() -> dateTime(text)).orElseThrow(() -> new WrongUsage(
        "'" + text + "' is no point in time; write how long ago (90s, 15m, 2h, 3d), a day of UTC (2026-11-22) or "
            + "2026-11-22T09:30:00Z"));
  }

  private static Optional<Instant> ago(String text, Clock clock) {
    return Durations.parse(text).filter(d -> !d.isNegative()).map(clock.instant()::minus);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> dateTime(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }
}
