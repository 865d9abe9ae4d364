package dev.offshoot.wire;

import java.util.Map;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.FacetName;

/** What the runtime's core asks of {@code offshoot.state}: which versions and cursors are known, and that it learn of new ones. */
public interface StateIndex {

  /** How many values each facet of an environment has had; a facet that never had one is missing. */
  Map<FacetName, Long> versions(EnvironmentId environment);

  /** A worker's place in an environment's lane; version 0 and {@link Cursor#START} before its first. */
  StateEntry.OfCursor cursor(EnvironmentId environment, String worker);

  /** Takes an entry that was committed; one that is not newer than what is known changes nothing. */
  void apply(StateEntry entry);
}
