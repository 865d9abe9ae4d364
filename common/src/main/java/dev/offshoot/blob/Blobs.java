package dev.offshoot.blob;

import java.util.List;
import java.util.Optional;

/**
 * Keeps small files under keys. Keys are {@code /}-separated parts of {@code A-Z a-z 0-9 . _ -}, none of them {@code .}
 * or {@code ..}; another key is an {@link IllegalArgumentException}. Trouble with the medium is a
 * {@link dev.offshoot.worker.Failure}.
 *
 * <p>Laws: what was put is what is got; putting again replaces as a whole, and a reader sees the old or the new, never
 * a mixture; deleting a missing blob succeeds.
 */
public interface Blobs {
  void put(String key, byte[] content);

  Optional<byte[]> get(String key);

  /** The keys that start with the prefix, sorted. */
  List<String> list(String prefix);

  void delete(String key);
}
