package dev.offshoot.environment;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether an environment is to exist. Never removed from {@code offshoot.state}: it holds the highest incarnation ever given.
 *
 * @param tip the commit last seen at the ref; empty once the ref was seen gone
 * @param failure why stores could not be made, for a developer; empty while all is well
 * @param since when the intent was taken
 */
public record Presence(Origin origin, Intent intent, Optional<Commit> tip, Optional<String> failure, Instant since) implements Facet {
  @Override
  public FacetName facet() {
    return FacetName.PRESENCE;
  }

  public Presence with(Intent next, Instant now) {
    return new Presence(origin, next, tip, Optional.empty(), now);
  }

  public Presence withTip(Optional<Commit> seen) {
    return new Presence(origin, intent, seen, failure, since);
  }

  /** The same intent for a further commit: what failed before it is over. */
  public Presence movedTo(Optional<Commit> seen) {
    return new Presence(origin, intent, seen, Optional.empty(), since);
  }

  public Presence failed(String reason) {
    return new Presence(origin, intent, tip, Optional.of(reason), since);
  }
}
