package dev.offshoot.provisioner.store;

import dev.offshoot.environment.BackupReceipt;

/** Why a resource may be removed. There is no third reason. */
public sealed interface Removal {

  /** It was kept first. The store looks whether what the receipt names is really there. */
  record Kept(BackupReceipt receipt) implements Removal {}

  /** It never was usable, so nothing in it is anybody's work. */
  record NeverUsable() implements Removal {}
}
