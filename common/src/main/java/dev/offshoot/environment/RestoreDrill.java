package dev.offshoot.environment;

import java.util.Optional;

/**
 * How a store's copy came about, and whether it was compared with its snapshot before an environment was let in.
 *
 * @param warm whether it stood ready before it was asked for
 * @param fingerprint of the copy, in 64 hex digits; empty where it was not read
 */
public record RestoreDrill(StoreKind kind, boolean warm, Verified verified, Optional<String> fingerprint) {

  /** A copy that is not equal is thrown away, so nobody is told of one. */
  public enum Verified {
    /** The fingerprints of copy and snapshot are the same. */
    EQUAL,
    /** The copy is too large to read each time and was not in the sample, or the snapshot has no fingerprint. */
    NOT_CHECKED
  }
}
