package dev.offshoot.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.eclipse.jgit.lib.EmptyProgressMonitor;

import dev.offshoot.worker.Failure;

/**
 * Ends a fetch that is too large, takes too long, or whose thread was interrupted. JGit asks it with every object
 * received.
 */
final class FetchWatch extends EmptyProgressMonitor {
  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(200).toNanos();

  private final Path folder;
  private final long largest;
  private final Duration longest;
  private final long started = System.nanoTime();
  private long looked = started;
  private boolean tooLarge;
  private boolean tooLong;

  FetchWatch(Path folder, long largest, Duration longest) {
    this.folder = folder;
    this.largest = largest;
    this.longest = longest;
  }

  @Override
  public boolean isCancelled() {
    long now = System.nanoTime();
    if (now - looked >= LOOK_EVERY_NANOS) {
      looked = now;
      tooLong |= now - started > longest.toNanos();
      tooLarge |= size() > largest;
    }
    return tooLarge || tooLong || Thread.currentThread().isInterrupted();
  }

  /** @param cause what JGit made of the cancellation */
  void throwIfTripped(Throwable cause) {
    if (tooLarge) {
      throw new Failure(Failure.Kind.INVALID, "The commit and what it needs is larger than " + (largest >> 20)
          + " MiB", cause);
    }
    if (tooLong) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Fetching took longer than " + longest.toMinutes() + " minutes",
          cause);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Fetching was interrupted", cause);
    }
  }

  private long size() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // a temporary file went away while we looked; the next look counts again
    }
  }
}
