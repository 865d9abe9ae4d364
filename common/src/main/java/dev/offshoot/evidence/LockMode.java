package dev.offshoot.evidence;

import java.util.Arrays;
import java.util.Optional;

/** PostgreSQL's table-level lock modes, from the weakest. */
public enum LockMode {
  ACCESS_SHARE("AccessShareLock"),
  ROW_SHARE("RowShareLock"),
  ROW_EXCLUSIVE("RowExclusiveLock"),
  SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock"),
  SHARE("ShareLock"),
  SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock"),
  EXCLUSIVE("ExclusiveLock"),
  ACCESS_EXCLUSIVE("AccessExclusiveLock");

  private final String catalogueName;

  LockMode(String catalogueName) {
    this.catalogueName = catalogueName;
  }

  /** The mode by its name in {@code pg_locks}. */
  public static Optional<LockMode> named(String catalogueName) {
    return Arrays.stream(values()).filter(mode -> mode.catalogueName.equals(catalogueName)).findFirst();
  }

  /** As the manual writes it. */
  public String words() {
    return name().replace('_', ' ');
  }

  /** Whether others cannot INSERT, UPDATE or DELETE meanwhile: it conflicts with ROW EXCLUSIVE. */
  public boolean blocksWrites() {
    return compareTo(SHARE) >= 0;
  }

  /** Whether others cannot even SELECT meanwhile. */
  public boolean blocksReads() {
    return this == ACCESS_EXCLUSIVE;
  }
}
