package dev.offshoot.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What may differ between a product's and a test's server.
 *
 * @param fsync whether a committed transaction survives a power failure; a killed process loses nothing either way
 * @param maxConnections for all databases together
 * @param sharedBuffers as PostgreSQL writes memory: {@code 128MB}
 * @param binaries where the unpacked programs are kept; the server's own folder when empty
 * @param parameters more server parameters; they win over those set here
 */
public record PostgresSettings(
    boolean fsync, int maxConnections, String sharedBuffers, Optional<Path> binaries, Map<String, String> parameters) {
  public PostgresSettings {
    parameters = Map.copyOf(parameters);
  }

  public static PostgresSettings defaults() {
    return new PostgresSettings(true, 300, "128MB", Optional.empty(), Map.of());
  }

  public PostgresSettings withoutFsync() {
    return new PostgresSettings(false, maxConnections, sharedBuffers, binaries, parameters);
  }

  public PostgresSettings withBinaries(Path folder) {
    return new PostgresSettings(fsync, maxConnections, sharedBuffers, Optional.of(folder), parameters);
  }
}
