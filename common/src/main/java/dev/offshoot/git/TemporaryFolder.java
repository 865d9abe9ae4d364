package dev.offshoot.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder in {@code java.io.tmpdir} for one fetch, gone when closed; a process that is killed leaves its behind. */
record TemporaryFolder(Path path) implements AutoCloseable {
  static final String PREFIX = "offshoot-git-";
  /** Far longer than any fetch may take. */
  private static final Duration LEFT_BEHIND = Duration.ofDays(1);
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

  static TemporaryFolder create() throws IOException {
    return new TemporaryFolder(Files.createTempDirectory(PREFIX));
  }

  /** Removes this user's that are older than a day; what cannot be removed stays. */
  static void removeLeftovers(Path in, Instant now) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(in, PREFIX + "*")) {
      for (Path folder : folders) {
        removeIfLeftBehind(folder, now);
      }
    } catch (IOException e) {
      LOG.warn("Old temporary repositories in {} could not be looked for: {}", in, e.toString());
    }
  }

  private static void removeIfLeftBehind(Path folder, Instant now) {
    try {
      BasicFileAttributes found = Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isDirectory() && found.lastModifiedTime().toInstant().isBefore(now.minus(LEFT_BEHIND))) {
        new TemporaryFolder(folder).close();
      }
    } catch (IOException e) {
      LOG.debug("The old temporary repository {} stays: {}", folder, e.toString());
    }
  }

  /** Links in it are removed, not followed. */
  @Override
  public void close() throws IOException {
    Files.walkFileTree(path, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
        Files.deleteIfExists(directory);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
