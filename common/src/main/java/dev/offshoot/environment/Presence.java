package dev.offshoot.environment;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether an environment is to exist. Never removed from {@code offshoot.state}: it holds the highest incarnation ever given.
 *
 * @param tip the commit last seen at the ref; empty once the ref was seen gone
 * @param failure why stores could not be made, for a developer; empty while all is well
 * @param since when the intent was taken
 * @param unknown where the state was lost once and taken up again from the stores: of incarnations up to this one nobody knows whether
 *     they served, so none is removed without a backup
 */
public record Presence(
    Origin origin, Intent intent, Optional<Commit> tip, Optional<String> failure, Instant since, Optional<Incarnation> unknown)
    implements Facet {

  public Presence(Origin origin, Intent intent, Optional<Commit> tip, Optional<String> failure, Instant since) {
    this(origin, intent, tip, failure, since, Optional.empty());
  }

  @Override
  public FacetName facet() {
    return FacetName.PRESENCE;
  }

  public Presence with(Intent next, Instant now) {
    return new Presence(origin, next, tip, Optional.empty(), now, unknown);
  }

  public Presence withTip(Optional<Commit> seen) {
    return new Presence(origin, intent, seen, failure, since, unknown);
  }

  /** The same intent for a further commit: what failed before it is over. */
  public Presence movedTo(Optional<Commit> seen) {
    return new Presence(origin, intent, seen, Optional.empty(), since, unknown);
  }

  public Presence failed(String reason) {
    return new Presence(origin, intent, tip, Optional.of(reason), since, unknown);
  }

  public Presence adopted(Incarnation newest) {
    return new Presence(origin, intent, tip, failure, since, Optional.of(newest));
  }
}
