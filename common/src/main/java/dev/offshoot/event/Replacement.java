package dev.offshoot.event;

import java.util.List;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.environment.StoreKind;

/**
 * What a rebuilt environment took the place of.
 *
 * @param incarnation the one that was removed
 * @param backups what was kept of it first
 * @param lost its stores that were gone already: work in them that no archive has is lost
 */
public record Replacement(Incarnation incarnation, List<BackupReceipt> backups, List<StoreKind> lost) {
  public Replacement {
    backups = List.copyOf(backups);
    lost = List.copyOf(lost);
  }
}
