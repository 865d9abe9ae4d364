package dev.offshoot.provisioner.postgres.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.CloneStrategy.Method;

/**
 * Whether the server's file system lets copies share their blocks (FICLONE), so that a clone costs next to no time and
 * room. PostgreSQL does not tell: where it can't be had, it copies in full without a word.
 */
public final class SharedBlocks {
  private static final byte[] SAMPLE = "offshoot".repeat(8_192).getBytes(StandardCharsets.US_ASCII);

  private SharedBlocks() {
  }

  /** What was found out. */
  public enum Answer {
    YES,
    NO,
    /** The server's folder can't be written to from here. */
    UNKNOWN
  }

  /** @param how in a sentence for people */
  public record Finding(Answer answer, String how) {}

  /** Tries it where the server's folder is on this machine. */
  public static Finding probe(PostgresConfig server) {
    try (AdminSession session = AdminSession.open(server, AdminSession.HOME, "probe")) {
      return probe(session);
    }
  }

  public static Finding probe(AdminSession session) {
    if (!CloneMethods.of(session).contains(Method.FILE_CLONE)) {
      return new Finding(Answer.NO, "this PostgreSQL server can't clone files; version 18 and newer can");
    }
    Optional<Path> folder = ServerFolder.here(session);
    return folder.map(SharedBlocks::probe).orElseGet(() -> new Finding(Answer.UNKNOWN,
        "the server's data folder can't be seen from here; if a clone of a large snapshot takes about as long as a copy "
            + "('offshoot snapshot list'), its file system shares no blocks"));
  }

  /** Whether a small file in a folder can be cloned. */
  public static Finding probe(Path folder) {
    try {
      Path file = Files.createTempFile(folder, "offshoot-probe-", ".tmp");
      Path copy = file.resolveSibling(file.getFileName() + ".copy");
      try {
        Files.write(file, SAMPLE);
        return cloned(file, copy)
            ? new Finding(Answer.YES, "a file in " + folder + " was cloned")
            : new Finding(Answer.NO, "a file in " + folder + " could not be cloned; XFS can (mkfs.xfs -m reflink=1)");
      } finally {
        Files.deleteIfExists(copy);
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return new Finding(Answer.UNKNOWN, "it could not be tried in " + folder + ": " + e.getMessage());
    }
  }

  private static boolean cloned(Path file, Path copy) throws IOException {
    Process cp = new ProcessBuilder("cp", "--reflink=always", file.toString(), copy.toString())
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return cp.waitFor(10, TimeUnit.SECONDS) && cp.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      cp.destroyForcibly();
    }
  }
}
