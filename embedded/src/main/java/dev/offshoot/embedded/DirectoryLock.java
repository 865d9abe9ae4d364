package dev.offshoot.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.offshoot.process.OwnerOnly;

/** A folder is used by one at a time; the kernel ends the lock with its process. */
final class DirectoryLock implements AutoCloseable {
  /**
   * The folders this JVM has locked. A process-wide fact, hence static: to open and close a lock file a second time in
   * one process would drop the first lock (fcntl(2)).
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** Makes the folder when it is missing. */
  static DirectoryLock of(Path directory) {
    try {
      Path real = OwnerOnly.createDirectory(directory).toRealPath();
      if (!HELD_HERE.add(real)) {
        throw inUse(directory);
      }
      try {
        return lock(directory, real);
      } catch (IOException | RuntimeException e) {
        HELD_HERE.remove(real);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + directory + " can't be locked", e);
    }
  }

  private static DirectoryLock lock(Path directory, Path real) throws IOException {
    Path file = real.resolve("lock");
    OwnerOnly.createFile(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw inUse(directory);
    }
    return new DirectoryLock(real, channel);
  }

  private static ServerStartException inUse(Path directory) {
    return new ServerStartException("The folder " + directory
        + " is in use by another running Offshoot. Stop that one, or choose another folder.");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The lock of " + directory + " can't be given back", e);
    } finally {
      HELD_HERE.remove(directory);
    }
  }
}
