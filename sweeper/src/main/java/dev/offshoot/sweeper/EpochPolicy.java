package dev.offshoot.sweeper;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

import dev.offshoot.environment.EnvironmentKind;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.EpochUse;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.Request;

/**
 * Whether the epochs of a static environment want looking at. Pure. The provisioner decides which of them go.
 *
 * @param retention how long one stays that nobody uses
 */
public record EpochPolicy(Duration retention) {

  /** The ask for a static environment one of whose epochs came into or out of use, or has been out of use for long enough. */
  public Optional<Request.Expired> decide(EnvironmentState state, Collection<EnvironmentState> all, Instant now) {
    return state.presence().filter(presence -> isSource(presence.origin().kind()))
        .map(Presence::origin)
        .flatMap(origin -> state.epochs()
            .flatMap(epochs -> EpochUse.of(state.id(), epochs, all).due(epochs, retention))
            .filter(due -> !now.isBefore(due))
            .map(due -> new Request.Expired(origin, Incarnation.FIRST, due)));
  }

  private static boolean isSource(EnvironmentKind kind) {
    return switch (kind) {
      case STATIC, PRODUCTION -> true;
      case FULL, REHEARSAL, REPOSITORY -> false;
    };
  }
}
