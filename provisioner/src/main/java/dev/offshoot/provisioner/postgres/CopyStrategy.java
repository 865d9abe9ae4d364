package dev.offshoot.provisioner.postgres;

/**
 * How {@code CREATE DATABASE} copies. WAL_LOG costs by the megabyte; FILE_COPY costs two checkpoints and then copies
 * files, or shares their blocks where the administrator of the server has set {@code file_copy_method = clone}
 * (PostgreSQL 18 on XFS). A fixed threshold for now, from measurements of the two on a plain disk: they cost the same
 * at about 100 MiB.
 */
enum CopyStrategy {
  WAL_LOG,
  FILE_COPY;

  private static final long PLAIN_THRESHOLD = 128L << 20;
  private static final long SHARED_BLOCKS_THRESHOLD = 16L << 20;

  static CopyStrategy of(AdminSession session, String template) {
    boolean sharesBlocks = session.first("SELECT current_setting('file_copy_method', true) = 'clone'",
        row -> row.getBoolean(1))
        .orElse(false);
    return of(Databases.bytes(session, template), sharesBlocks);
  }

  static CopyStrategy of(long bytes, boolean sharesBlocks) {
    return bytes < (sharesBlocks ? SHARED_BLOCKS_THRESHOLD : PLAIN_THRESHOLD) ? WAL_LOG : FILE_COPY;
  }
}
