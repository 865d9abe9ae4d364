package dev.offshoot.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The last of what was written to a log since it had this size.
 *
 * @param from in bytes
 */
public record LogTail(Path log, long from) {
  private static final int BYTES = 4000;

  /** What will be written from now on. */
  public static LogTail fromNow(Path log) {
    try {
      return new LogTail(log, Files.exists(log) ? Files.size(log) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException("The log " + log + " can't be read", e);
    }
  }

  public String read() {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(from, file.length() - BYTES);
      file.seek(Math.min(start, file.length()));
      var bytes = new byte[(int) Math.max(0, file.length() - start)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("The log " + log + " can't be read", e);
    }
  }
}
