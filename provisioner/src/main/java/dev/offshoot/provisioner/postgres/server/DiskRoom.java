package dev.offshoot.provisioner.postgres.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.CloneStrategy.Method;
import dev.offshoot.worker.Failure;

/**
 * Keeps the file system of the server's data from filling up: a full one stops the whole server, and with it every
 * environment. Only the file system that the data folder is on is looked at, not one that holds the log or a
 * tablespace alone.
 */
public final class DiskRoom {
  private static final long MEGABYTE = 1 << 20;

  private final PostgresConfig server;
  private volatile Optional<SharedBlocks.Answer> shared = Optional.empty();

  public DiskRoom(PostgresConfig server) {
    this.server = server;
  }

  /**
   * What is free.
   *
   * @param how it was found out
   */
  public record Room(long free, String how) {}

  /** Empty where neither this machine nor the server tells; then nothing is ever refused. */
  public Optional<Room> look() {
    try (AdminSession session = AdminSession.open(server, AdminSession.HOME, "room")) {
      return look(session);
    }
  }

  public Optional<Room> look(AdminSession session) {
    Optional<Path> folder = ServerFolder.here(session);
    return folder.flatMap(DiskRoom::seenHere).or(() -> askedOf(session));
  }

  private static Optional<Room> seenHere(Path folder) {
    try {
      return Optional.of(new Room(Files.getFileStore(folder).getUsableSpace(), "seen on this machine at " + folder));
    } catch (IOException notVisible) {
      return Optional.empty();
    }
  }

  /** A superuser may let the server run a program; this is the one way to ask a server elsewhere. */
  public static Optional<Room> askedOf(AdminSession session) {
    try {
      session.run("CREATE TEMPORARY TABLE IF NOT EXISTS offshoot_room (line text)", "TRUNCATE pg_temp.offshoot_room",
          "COPY pg_temp.offshoot_room FROM PROGRAM 'df -Pk .'");
      List<String> lines = session.list("SELECT line FROM pg_temp.offshoot_room", row -> row.getString(1));
      return lines.size() < 2 ? Optional.empty() : kilobytes(lines.get(1))
          .map(free -> new Room(free << 10, "told by the server's df"));
    } catch (Failure refused) {
      if (refused.kind().isTransient()) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  /** The fourth column of POSIX's {@code df -P}. */
  public static Optional<Long> kilobytes(String line) {
    String[] columns = line.strip().split("\\s+", -1);
    return columns.length >= 4 && columns[3].matches("[0-9]{1,15}") ? Optional.of(Long.valueOf(columns[3]))
        : Optional.empty();
  }

  /** @throws Failure EXHAUSTED when less than the reserve would be left */
  public void admit(AdminSession session, long bytes, String what) {
    long reserve = server.cloning().reserveMegabytes() * MEGABYTE;
    look(session).filter(room -> room.free() - bytes < reserve).ifPresent(room -> {
      throw new Failure(Failure.Kind.EXHAUSTED, "There is no room for " + what + ": it takes about " + megabytes(bytes)
          + ", " + megabytes(room.free()) + " are free (" + room.how() + ") and " + megabytes(reserve)
          + " stay free (stores.postgres.reserveMegabytes). Free disk space; it is tried again");
    });
  }

  /** What making a copy in this way writes. */
  public long written(AdminSession session, Method method, long bytes) {
    return switch (method) {
      case WAL_LOG -> 2 * bytes;
      case FILE_COPY -> bytes;
      case FILE_CLONE -> sharesBlocks(session) ? bytes / 1_000 + MEGABYTE : bytes;
    };
  }

  /** What can't be known counts as a full copy. */
  private boolean sharesBlocks(AdminSession session) {
    if (shared.isEmpty()) {
      shared = Optional.of(SharedBlocks.probe(session).answer());
    }
    return shared.filter(SharedBlocks.Answer.YES::equals).isPresent();
  }

  private static String megabytes(long bytes) {
    return bytes / MEGABYTE + " MB";
  }
}
