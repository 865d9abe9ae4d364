package dev.offshoot.proof.check;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The intent in a value of the presence facet.
 *
 * @param is its name, also one that this checker does not know
 * @param beside what serves until the incarnation does, or is removed once it does; 0 where there is none
 * @param since as it is written
 */
record Intention(String is, long incarnation, long beside, String epoch, String since) {
  static final String CREATING = "Creating";
  static final String STANDING = "Standing";
  static final String DESTROYING = "Destroying";
  static final String DESTROYED = "Destroyed";
  static final String DECLARED = "Declared";
  /** The old incarnation serves while the next one is made. */
  static final String RESETTING = "Resetting";

  static Intention of(JsonNode presence) {
    JsonNode intent = presence.path("intent");
    return new Intention(intent.path("is").asText(), intent.path("incarnation").asLong(),
        intent.path("serving").asLong(intent.path("retiring").asLong()), intent.path("epoch").asText(), presence.path("since").asText());
  }

  /** Whether it announces that an incarnation is made. */
  boolean begins() {
    return is.equals(CREATING) || is.equals(RESETTING);
  }

  /** Whether something of an incarnation may be there. */
  boolean holds(long other) {
    return !is.equals(DESTROYED) && (other == incarnation || other == beside);
  }

  boolean is(String name) {
    return is.equals(name);
  }

  @Override
  public String toString() {
    return is + "(" + incarnation + ")";
  }
}
