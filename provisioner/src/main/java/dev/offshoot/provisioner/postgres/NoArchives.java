package dev.offshoot.provisioner.postgres;

import java.util.List;
import java.util.Optional;

import dev.offshoot.blob.Blobs;
import dev.offshoot.worker.Failure;

/** Where nothing can be archived: for a store whose databases are retained. */
final class NoArchives implements Blobs {
  @Override
  public void put(String key, byte[] content) {
    throw new Failure(Failure.Kind.INVALID, "There is no blob store to put " + key + " to");
  }

  @Override
  public Optional<byte[]> get(String key) {
    return Optional.empty();
  }

  @Override
  public void write(String key, Writer content) {
    put(key, new byte[0]);
  }

  @Override
  public <T> Optional<T> read(String key, Reader<T> reader) {
    return Optional.empty();
  }

  @Override
  public List<String> list(String prefix) {
    return List.of();
  }

  @Override
  public void delete(String key) {
    // nothing is there
  }
}
