package dev.offshoot.config;

import java.time.Duration;

/**
 * {@code production:} the database that rehearsals are made from snapshots of. Nothing is ever written to it but, where it is on
 * {@code stores.postgres}, that strangers may not connect.
 *
 * @param stores its database, and how a snapshot of it is taken; it has no core. Law: masked by a policy, always
 * @param rehearse what makes a rehearsal
 * @param every a rehearsal wants a snapshot that is not older
 * @param keep a rehearsal goes after so long, whatever has become of it
 */
public record ProductionConfig(StagingConfig stores, Rehearse rehearse, Duration every, Duration keep) {
  public static final Duration DEFAULT_EVERY = Duration.ofDays(1);
  public static final Duration DEFAULT_KEEP = Duration.ofHours(1);

  public ProductionConfig {
    if (stores.snapshots().masking().isEmpty()) {
      throw new IllegalArgumentException("Production's snapshots need a masking policy");
    }
  }

  /** {@code production.rehearse:} what makes a rehearsal. */
  public enum Rehearse {
    /** A push whose migrations were applied to its environment. */
    ON_PUSH,
    /** A person's command, and nothing else. */
    ON_COMMAND
  }
}
