package dev.offshoot.environment;

import java.time.Instant;
import java.util.Optional;

/**
 * Proof that a store was kept before it was removed.
 *
 * @param kept where: a retained database's name, or a blob's key
 * @param bytes its size
 * @param fingerprint of the content, as it was compared, so that whoever restores it can compare again
 * @param verified how it was proved, in words: what was tried, and what was compared
 * @param at when it was proved
 * @param keeping empty in a receipt from before this was written down
 */
public record BackupReceipt(
    StoreKind kind, Incarnation incarnation, String kept, long bytes, String fingerprint, String verified, Instant at,
    Optional<Keeping> keeping) {

  public BackupMethod method() {
    return keeping.map(Keeping::method).orElse(switch (kind) {
      case POSTGRES -> BackupMethod.RETAINED;
      case SOLR, REDIS -> BackupMethod.ARCHIVED;
    });
  }

  /** What the incarnation was made from, if that is known. */
  public Optional<EpochId> epoch() {
    return keeping.flatMap(Keeping::epoch);
  }

  /** SHA-256 of what is kept, where it is bytes. */
  public Optional<String> checksum() {
    return keeping.flatMap(Keeping::checksum);
  }

  /** Empty as long as it is kept. */
  public Optional<Keeping.Dropped> dropped() {
    return keeping.flatMap(Keeping::dropped);
  }

  /** The same, at its end. */
  public BackupReceipt with(Keeping.Dropped end) {
    return new BackupReceipt(kind, incarnation, kept, bytes, fingerprint, verified, at,
        Optional.of(new Keeping(method(), epoch(), checksum(), Optional.of(end))));
  }

  /** Whether both tell of the same content, kept at the same place. */
  public boolean isOfTheSame(BackupReceipt other) {
    return kind == other.kind && incarnation.equals(other.incarnation) && kept.equals(other.kept)
        && fingerprint.equals(other.fingerprint) && checksum().equals(other.checksum());
  }
}
