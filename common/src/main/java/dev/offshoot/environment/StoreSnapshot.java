package dev.offshoot.environment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One store's part of an epoch.
 *
 * @param name what holds it: a template database's name, or a Solr backup's name
 * @param cutAt the moment its content is of
 * @param bytes its size
 * @param taking how it came about; empty where it was found again without that being told, or was taken before this was recorded
 * @param clones how it is cloned fastest; empty where that was not measured
 */
public record StoreSnapshot(
    StoreKind kind, String name, Instant cutAt, long bytes, Optional<Taking> taking, Optional<CloneStrategy> clones) {

  /** Of which nothing but its place is known. */
  public StoreSnapshot(StoreKind kind, String name, Instant cutAt, long bytes) {
    this(kind, name, cutAt, bytes, Optional.empty(), Optional.empty());
  }

  public StoreSnapshot taken(Taking how) {
    return new StoreSnapshot(kind, name, cutAt, bytes, Optional.of(how), clones);
  }

  public StoreSnapshot sized(long now) {
    return new StoreSnapshot(kind, name, cutAt, now, taking, clones);
  }

  public StoreSnapshot cloned(CloneStrategy measured) {
    return new StoreSnapshot(kind, name, cutAt, bytes, taking, Optional.of(measured));
  }

  /** What was masked, as {@code schema.table.column} or {@code core.field}; nothing where that is not known. */
  public List<String> masked() {
    return taking.map(Taking::masked).orElse(List.of());
  }

  /** Of what can be cloned: in 64 hex digits, where it was taken. */
  public Optional<String> fingerprint() {
    return taking.flatMap(Taking::fingerprint);
  }

  /** Where its content came from. */
  public enum Way {
    /** The server copied Staging's database as a template. */
    TEMPLATE_COPY,
    /** {@code pg_dump} read Staging's database and {@code pg_restore} wrote it. */
    DUMP,
    /** The server wrote a backup. */
    BACKUP
  }

  /**
   * How a part of an epoch came about.
   *
   * @param masked what no longer holds Staging's values, as {@code schema.table.column} or {@code core.field}, sorted; a whole
   *     {@code schema.table.*} for tables when there are more than {@value #MOST_NAMES} columns
   * @param fingerprint of what can be cloned, after the masking: 64 hex digits; empty where none was taken
   */
  public record Taking(Way way, List<String> masked, Optional<String> fingerprint) {
    /** So many names fit a record many times over. */
    public static final int MOST_NAMES = 1_000;

    public Taking {
      masked = List.copyOf(masked);
    }
  }
}
