package dev.offshoot.environment;

/** What people see of an environment's life; a pure function of its facets. */
public enum Phase {
  /** Nothing was decided yet. */
  REQUESTED,
  /** Its stores are being made. */
  PROVISIONING,
  /** Its stores stand; the pushed commit's migrations are being applied. */
  MIGRATING,
  /** Usable, at the commit last pushed. */
  READY,
  /** Something a developer must look at; the reason is in {@link EnvironmentState#failure()}. */
  FAILED,
  /** Being backed up and removed. */
  EXPIRING,
  /** Gone; its receipts remain. */
  DESTROYED
}
