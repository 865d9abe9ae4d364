package dev.offshoot.reporter.model;

import java.util.Optional;

/**
 * Something that two open branches of a repository want at once, or that Staging has overtaken.
 *
 * @param what a version, or a table
 * @param with the other branch; empty where it is Staging
 */
public record Collision(Kind kind, String what, Optional<Other> with) {

  /** Another open branch. */
  public record Other(String environment, String branch) {}

  /** What kind of collision. */
  public enum Kind {
    /** Two branches have a migration with this version number. */
    SAME_VERSION,
    /** Staging's history has gone past this version since, so Flyway would refuse it. */
    BELOW_STAGING,
    /** Two branches change this table. */
    SAME_TABLE
  }
}
