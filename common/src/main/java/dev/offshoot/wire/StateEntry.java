package dev.offshoot.wire;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Facet;

/**
 * One record of {@code offshoot.state}.
 */
public sealed interface StateEntry {
  EnvironmentId environment();

  /** Counts the values written under this key, from 1. */
  long version();

  /** A facet; key {@code environment/facet}. */
  record OfFacet(EnvironmentId environment, long version, Facet facet) implements StateEntry {}

  /** A worker's place; key {@code environment/cursor.worker}. */
  record OfCursor(EnvironmentId environment, long version, String worker, Cursor cursor) implements StateEntry {}
}
