package dev.offshoot.reporter.feedback.host;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

import dev.offshoot.worker.Failure;

/** What an answer means that is not what was asked for. */
final class Refusal {
  /** How Azure DevOps answers a token that it does not know: with a page to log in at. */
  static final int LOG_IN = 203;
  private static final Duration WITHOUT_A_WORD = Duration.ofSeconds(60);

  private Refusal() {}

  /** @throws Failure unless it was done, or there is no such thing */
  static void check(Answer answer, ApiPath path, RestApi.Rest rest) {
    String place = "The git host's API answered " + answer.status() + " at " + path + ": ";
    boolean throttled = answer.status() == 429 || (answer.status() == 403 && wantsRest(answer));
    if (throttled) {
      Duration pause = pause(answer);
      rest.begin(pause);
      throw new Failure(Failure.Kind.BUSY, place + "it wants to be left alone for " + pause.toSeconds() + " s", pause);
    }
    switch (answer.status()) {
      case 200, 201, 202, 204, 404, 410 -> { }
      case LOG_IN, 401 -> throw new Failure(Failure.Kind.DENIED,
          place + "it does not know the token; correct feedback.token (and feedback.user, where the token goes with one)");
      case 403 -> throw new Failure(Failure.Kind.DENIED,
          place + "the token of feedback.token may not do this; give it the rights that docs/feedback.md lists for this host");
      case 301, 302, 303, 307, 308 -> throw new Failure(Failure.Kind.INVALID,
          place + "it sends elsewhere, where the token is not sent; correct feedback.api, or fullName if the repository has moved");
      case 408, 409, 423, 425 -> throw new Failure(Failure.Kind.BUSY, place + "something else is under way there");
      default -> throw answer.status() >= 500
          ? new Failure(Failure.Kind.UNAVAILABLE, place + "it is out of order")
          : new Failure(Failure.Kind.INVALID, place + "it does not take what is asked; correct feedback.api, host and fullName");
    }
  }

  private static boolean wantsRest(Answer answer) {
    OptionalLong remaining = answer.number("X-RateLimit-Remaining");
    return answer.header("Retry-After").isPresent() || (remaining.isPresent() && remaining.getAsLong() == 0);
  }

  private static Duration pause(Answer answer) {
    OptionalLong seconds = answer.number("Retry-After");
    if (seconds.isPresent()) {
      return Duration.ofSeconds(seconds.getAsLong());
    }
    OptionalLong reset = answer.number("X-RateLimit-Reset");
    Duration left = reset.isPresent()
        ? Duration.between(Instant.now(), Instant.ofEpochSecond(reset.getAsLong()))
        : answer.header("Retry-After").map(Refusal::until).orElse(WITHOUT_A_WORD);
    return left.isPositive() ? left : Duration.ofSeconds(1);
  }

  /** A date, as HTTP allows. */
  private static Duration until(String date) {
    try {
      return Duration.between(Instant.now(), ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return WITHOUT_A_WORD;
    }
  }
}
