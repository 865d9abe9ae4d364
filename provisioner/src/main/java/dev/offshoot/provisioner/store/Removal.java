package dev.offshoot.provisioner.store;

import dev.offshoot.environment.BackupReceipt;

/** Why something may be removed. There is no fourth reason. */
public sealed interface Removal {
  /** The resource was kept first. The store looks whether what the receipt names is really there. */
  record Kept(BackupReceipt receipt) implements Removal {}

  /** The resource never was usable, so nothing in it is anybody's work. */
  record NeverUsable() implements Removal {}

  /** The retention of what was kept is over: that goes, and nothing else. */
  record Expired(BackupReceipt receipt) implements Removal {}
}
