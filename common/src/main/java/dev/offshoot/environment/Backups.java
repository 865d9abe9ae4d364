package dev.offshoot.environment;

import java.util.List;

/** The receipts of an environment's backups, oldest first. */
public record Backups(List<BackupReceipt> receipts) implements Facet {
  public Backups {
    receipts = List.copyOf(receipts);
  }

  @Override
  public FacetName facet() {
    return FacetName.BACKUPS;
  }
}
