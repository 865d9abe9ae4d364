package dev.offshoot.config;

/** {@code stores.postgres.backup:} how a database is kept before it is removed. */
public enum PostgresBackup {
  /** Renamed away and closed on its server. */
  RETAIN,
  /** Written to the blob store by pg_dump, once a restore of it was tried. */
  ARCHIVE
}
