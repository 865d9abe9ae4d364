package dev.offshoot.provisioner.store;

import java.util.Optional;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreSnapshot;

/**
 * A resource that is to stand.
 *
 * @param from what is in it when it is made
 */
public record Blueprint(OwnerTag tag, Source from) {

  /** What a resource is made from. */
  public sealed interface Source {
    /** Nothing: the store starts empty. */
    record Empty() implements Source {}

    /** The store's part of an epoch. */
    record Snapshot(StoreSnapshot part) implements Source {}

    /** What was kept of another incarnation of the same environment; it stays kept. */
    record Backup(BackupReceipt receipt) implements Source {}

    /** The store's part of an epoch, where it has one. */
    static Source of(Optional<StoreSnapshot> part) {
      return part.<Source>map(Snapshot::new).orElseGet(Empty::new);
    }
  }

  public ResourceName name() {
    return tag.owner().name();
  }

  /** The part of an epoch that it is made from, if that is what it is made from. */
  public Optional<StoreSnapshot> snapshot() {
    return switch (from) {
      case Source.Snapshot(StoreSnapshot part) -> Optional.of(part);
      case Source.Empty(), Source.Backup(_) -> Optional.empty();
    };
  }
}
