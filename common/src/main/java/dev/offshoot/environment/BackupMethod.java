package dev.offshoot.environment;

/** How a store's content is kept. */
public enum BackupMethod {
  /** Renamed away and closed, where it stands: takes no time, and the room it had. */
  RETAINED,
  /** Written elsewhere as bytes, of which a restore was tried; what it was written from is removed. */
  ARCHIVED
}
