package dev.offshoot.provisioner.postgres.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import dev.offshoot.worker.Failure;

/** The folder of a server's data. */
final class ServerFolder {
  private static final String PROOF = "postmaster.pid";

  private ServerFolder() {
  }

  /** Where it is on this machine; empty when the server is elsewhere, in a container, or keeps its folder from us. */
  static Optional<Path> here(AdminSession session) {
    try {
      return seen(session);
    } catch (Failure refused) {
      if (refused.kind().isTransient()) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  private static Optional<Path> seen(AdminSession session) {
    Optional<String> path = session.first("SELECT coalesce(current_setting('data_directory', true), '')", row -> row.getString(1));
    Optional<String> seenByServer =
        session.first("SELECT coalesce(pg_read_file(?, 0, 8192, true), '')", row -> row.getString(1), PROOF);
    return path.map(ServerFolder::path).filter(folder -> seenByServer.equals(read(folder.resolve(PROOF))));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException notOurs) {
      return Path.of("/nowhere");
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException notVisible) {
      return Optional.empty();
    }
  }
}
