package dev.offshoot.environment;

import java.time.Instant;

/**
 * Proof that a store was kept before it was removed.
 *
 * @param kept where: a retained database's name, or a blob's key
 * @param bytes its size
 * @param fingerprint what was compared, so that the next reader can compare again
 * @param verified how it was proved, in words
 */
public record BackupReceipt(
    StoreKind kind, Incarnation incarnation, String kept, long bytes, String fingerprint, String verified, Instant at) {}
