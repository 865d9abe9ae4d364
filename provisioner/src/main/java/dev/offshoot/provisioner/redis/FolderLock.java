package dev.offshoot.provisioner.redis;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import dev.offshoot.process.OwnerOnly;

/**
 * Which process may take over the servers of a folder.
 *
 * <p>Law: one living process at a time; the lock of a process that has died is free.
 */
final class FolderLock implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Path folder;
  /** One for all tries: closing a second one would give up the lock of the first. */
  private Optional<FileChannel> channel = Optional.empty();
  private Optional<FileLock> held = Optional.empty();
  private boolean closed;

  FolderLock(Path folder) {
    this.folder = folder;
  }

  /** @return false when the time is over, and when this was closed meanwhile */
  boolean await(Duration patience) {
    long began = System.nanoTime();
    while (!isTaken()) {
      if (isClosed() || System.nanoTime() - began >= patience.toNanos() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }

  private synchronized boolean isTaken() {
    return RedisFolders.attempt(() -> {
      if (held.isEmpty() && !closed) {
        held = attempt();
      }
      return held.isPresent();
    });
  }

  private Optional<FileLock> attempt() throws IOException {
    if (channel.isEmpty()) {
      OwnerOnly.createDirectory(folder);
      channel = Optional.of(FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }
    try {
      return Optional.ofNullable(channel.get().tryLock());
    } catch (OverlappingFileLockException heldInThisProcess) {
      return Optional.empty();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    held = Optional.empty();
    Optional<FileChannel> open = channel;
    RedisFolders.attempt(() -> {
      if (open.isPresent()) {
        open.get().close();
      }
      return true;
    });
  }
}
