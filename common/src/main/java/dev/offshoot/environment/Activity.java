package dev.offshoot.environment;

import java.time.Instant;

/** When somebody was last seen using the stores. */
public record Activity(Instant lastUse) implements Facet {
  @Override
  public FacetName facet() {
    return FacetName.ACTIVITY;
  }
}
