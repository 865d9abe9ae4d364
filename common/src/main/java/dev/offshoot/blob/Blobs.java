package dev.offshoot.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Keeps files under keys, reports and archives. Keys are {@code /}-separated parts of {@code A-Z a-z 0-9 . _ -}, none of them {@code .}
 * or {@code ..}; another key is an {@link IllegalArgumentException}. Trouble with the medium is a
 * {@link dev.offshoot.worker.Failure}.
 *
 * <p>Laws: what was put is what is got; putting again replaces as a whole, and a reader sees the old or the new, never
 * a mixture; deleting a missing blob succeeds.
 */
public interface Blobs {
  void put(String key, byte[] content);

  Optional<byte[]> get(String key);

  /** The same for what may be larger than memory. When the writer throws, or this process dies, nothing is put. */
  void write(String key, Writer content);

  /** Lets a reader have the content as a stream, which is closed after it; empty when there is no such blob. */
  <T> Optional<T> read(String key, Reader<T> reader);

  /** Says what is in a blob. */
  @FunctionalInterface
  interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Learns something from a blob. */
  @FunctionalInterface
  interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /** The keys that start with the prefix, sorted. */
  List<String> list(String prefix);

  void delete(String key);
}
