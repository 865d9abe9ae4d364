package dev.offshoot.environment;

import java.time.Instant;
import java.util.Optional;

/**
 * How a backup is kept, and whether it still is.
 *
 * @param epoch what the incarnation was made from
 * @param checksum SHA-256 of what is kept, in 64 hex digits, where it is bytes; they are read again before anything is removed
 * @param dropped empty as long as it is kept
 */
public record Keeping(BackupMethod method, Optional<EpochId> epoch, Optional<String> checksum, Optional<Dropped> dropped) {

  /** As it begins. */
  public static Keeping retained(EpochId epoch) {
    return new Keeping(BackupMethod.RETAINED, Optional.of(epoch), Optional.empty(), Optional.empty());
  }

  /** As it begins. */
  public static Keeping archived(EpochId epoch, Optional<String> checksum) {
    return new Keeping(BackupMethod.ARCHIVED, Optional.of(epoch), checksum, Optional.empty());
  }

  /**
   * The end of a backup whose retention is over. It is written down before anything is removed.
   *
   * @param gone when nothing was left of it; empty while it is being removed
   */
  public record Dropped(Instant decided, Optional<Instant> gone) {}
}
