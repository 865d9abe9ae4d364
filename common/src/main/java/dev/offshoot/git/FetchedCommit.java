package dev.offshoot.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

import dev.offshoot.environment.Commit;

/** A temporary bare repository that holds one commit; gone when closed. */
final class FetchedCommit implements AutoCloseable {
  private static final long LARGEST_PACK = 2L << 30;
  private static final Duration LONGEST_FETCH = Duration.ofMinutes(5);

  private final Path folder;
  private final Repository repository;

  private FetchedCommit(Path folder, Repository repository) {
    this.folder = folder;
    this.repository = repository;
  }

  /** Asks for exactly the commit; from a server that gives out none by id, for all branches. */
  static FetchedCommit fetch(URIish uri, Commit commit, FetchFailures failures) throws IOException {
    Path folder = Files.createTempDirectory("offshoot-git-");
    Repository repository = new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
    FetchedCommit fetched = new FetchedCommit(folder, repository);
    try {
      repository.create(true);
      // JGit would look whether to tidy up in a thread of its own, beside our deleting
      repository.getConfig().setInt("gc", null, "auto", 0);
      repository.getConfig().setBoolean("gc", null, "autoDetach", false);
      fetched.fetch(uri, commit, new FetchWatch(folder, LARGEST_PACK, LONGEST_FETCH), failures);
      return fetched;
    } catch (IOException | RuntimeException e) {
      fetched.close();
      throw e;
    }
  }

  Repository repository() {
    return repository;
  }

  private void fetch(URIish uri, Commit commit, FetchWatch watch, FetchFailures failures) throws IOException {
    try {
      fetch(uri, new RefSpec(commit.id() + ":refs/fetched"), Optional.of(1), watch);
    } catch (NotSupportedException | TransportException e) {
      watch.throwIfTripped(e);
      if (failures.isUnreachableOrDenied(e)) {
        throw failures.classified("fetch from", e);
      }
      fetchBranches(uri, watch, failures);
    }
    if (!repository.getObjectDatabase().has(ObjectId.fromString(commit.id()))) {
      throw failures.missing(commit.id());
    }
  }

  private void fetchBranches(URIish uri, FetchWatch watch, FetchFailures failures) {
    try {
      fetch(uri, new RefSpec("+refs/heads/*:refs/heads/*"), Optional.empty(), watch);
    } catch (NotSupportedException | TransportException e) {
      watch.throwIfTripped(e);
      throw failures.classified("fetch from", e);
    }
  }

  private void fetch(URIish uri, RefSpec what, Optional<Integer> depth, FetchWatch watch)
      throws NotSupportedException, TransportException {
    try (Transport transport = Transport.open(repository, uri)) {
      JGitRepository.patient(transport);
      transport.setTagOpt(TagOpt.NO_TAGS);
      depth.ifPresent(transport::setDepth);
      transport.fetch(watch, List.of(what));
    }
  }

  @Override
  public void close() throws IOException {
    repository.close();
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
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
