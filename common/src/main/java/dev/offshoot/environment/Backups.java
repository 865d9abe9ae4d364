package dev.offshoot.environment;

import java.util.List;
import java.util.stream.Stream;

/** The receipts of an environment's backups, oldest first; also of those that are dropped since. */
public record Backups(List<BackupReceipt> receipts) implements Facet {
  public Backups {
    receipts = List.copyOf(receipts);
  }

  @Override
  public FacetName facet() {
    return FacetName.BACKUPS;
  }

  /** Those of one incarnation that are still kept. */
  public List<BackupReceipt> keptOf(Incarnation incarnation) {
    return kept().filter(receipt -> receipt.incarnation().equals(incarnation)).toList();
  }

  /** Those that are still kept. */
  public Stream<BackupReceipt> kept() {
    return receipts.stream().filter(receipt -> receipt.dropped().isEmpty());
  }
}
