package dev.offshoot.sweeper;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import dev.offshoot.environment.Activity;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.Report;
import dev.offshoot.environment.Schema;
import dev.offshoot.event.Request;

/**
 * Which environments are idle, and which rehearsals are over. Pure: the same state at the same moment always gets the same answer.
 *
 * <p>Laws: only an environment of a branch that stands, is rebuilt, or whose creation has failed, is ever idle, never Staging; and
 * none before {@code idleAfter} has passed since its last use, which is the newest of the last decision about it, its
 * last migration, its last report and the last session seen. A session is seen only when the ask falls due.
 *
 * @param idleAfter above zero
 */
public record IdlePolicy(Duration idleAfter) {
  public IdlePolicy {
    if (!idleAfter.isPositive()) {
      throw new IllegalArgumentException("sweep.idleAfter must be above zero; write for example 3d");
    }
  }

  /** The ask for an environment that is idle at this moment. */
  public Optional<Request.Expired> decide(EnvironmentState state, Instant now) {
    return state.presence().flatMap(presence -> switch (presence.origin().kind()) {
      case FULL -> decide(state, presence, now);
      case REHEARSAL -> over(presence, now);
      case STATIC, PRODUCTION, REPOSITORY -> Optional.<Request.Expired>empty();
    });
  }

  private Optional<Request.Expired> decide(EnvironmentState state, Presence presence, Instant now) {
    return switch (presence.intent()) {
      case Intent.Standing standing -> due(state, presence, standing.incarnation(), now);
      case Intent.Resetting resetting -> due(state, presence, resetting.incarnation(), now);
      case Intent.Creating creating when presence.failure().isPresent() ->
          due(state, presence, creating.incarnation(), now);
      case Intent.Creating _, Intent.Destroying _, Intent.Destroyed _, Intent.Declared _ -> Optional.empty();
    };
  }

  /** Whatever is done with it: its expiry was set when it was made. */
  private static Optional<Request.Expired> over(Presence presence, Instant now) {
    boolean stands = switch (presence.intent()) {
      case Intent.Creating _, Intent.Standing _, Intent.Resetting _, Intent.Destroying _ -> true;
      case Intent.Destroyed _, Intent.Declared _ -> false;
    };
    return presence.expires().filter(at -> stands && !now.isBefore(at))
        .map(at -> new Request.Expired(presence.origin(), presence.intent().incarnation(), at));
  }

  private Optional<Request.Expired> due(EnvironmentState state, Presence presence, Incarnation of, Instant now) {
    Instant due = lastUse(state, presence).plus(idleAfter);
    return now.isBefore(due) ? Optional.empty() : Optional.of(new Request.Expired(presence.origin(), of, due));
  }

  private static Instant lastUse(EnvironmentState state, Presence presence) {
    return Stream.of(
            Optional.of(presence.since()),
            state.schema().map(Schema::at),
            state.report().map(Report::at),
            state.activity().map(Activity::lastUse))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .orElse(presence.since());
  }
}
