package dev.offshoot.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * PostgreSQL's own programs on the provisioner's machine, for databases that the server cannot copy by itself.
 *
 * @param binaries the folder of pg_dump and pg_restore; empty to look on {@code PATH} and in the usual folders
 * @param dumps where dumps of Staging lie while they are written and read; empty for one below the system's folder for temporary files
 */
public record PostgresPrograms(Optional<Path> binaries, Optional<Path> dumps) {
  public static final PostgresPrograms FOUND = new PostgresPrograms(Optional.empty(), Optional.empty());
}
