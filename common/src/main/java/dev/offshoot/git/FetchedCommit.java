package dev.offshoot.git;

import java.io.IOException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.Commit;

/** A temporary bare repository that holds one commit; gone when closed. */
final class FetchedCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FetchedCommit.class);
  private static final long LARGEST_PACK = 2L << 30;
  private static final Duration LONGEST_FETCH = Duration.ofMinutes(5);

  private final TemporaryFolder folder;
  private final Repository repository;

  private FetchedCommit(TemporaryFolder folder, Repository repository) {
    this.folder = folder;
    this.repository = repository;
  }

  /** Asks for exactly the commit; from a server that gives out none by id, for all branches. */
  static FetchedCommit fetch(Remote remote, Commit commit, FetchFailures failures) throws IOException {
    TemporaryFolder folder = TemporaryFolder.create();
    Repository repository = new FileRepositoryBuilder().setBare().setGitDir(folder.path().toFile()).build();
    FetchedCommit fetched = new FetchedCommit(folder, repository);
    try {
      repository.create(true);
      // JGit would look whether to tidy up in a thread of its own, beside our deleting
      repository.getConfig().setInt("gc", null, "auto", 0);
      repository.getConfig().setBoolean("gc", null, "autoDetach", false);
      fetched.fetch(remote, commit, new FetchWatch(folder.path(), LARGEST_PACK, LONGEST_FETCH), failures);
      return fetched;
    } catch (IOException | RuntimeException e) {
      fetched.close();
      throw e;
    }
  }

  Repository repository() {
    return repository;
  }

  private void fetch(Remote remote, Commit commit, FetchWatch watch, FetchFailures failures) throws IOException {
    if (LocalRepository.at(remote).filter(local -> local.refuses(commit)).isPresent()) {
      throw failures.missing(commit.id());
    }
    try {
      fetch(remote, new RefSpec(commit.id() + ":refs/fetched"), Optional.of(1), watch);
    } catch (NotSupportedException | TransportException e) {
      watch.throwIfTripped(e);
      if (failures.isUnreachableOrDenied(e)) {
        throw failures.classified("fetch from", e);
      }
      fetchBranches(remote, watch, failures);
    }
    if (!repository.getObjectDatabase().has(ObjectId.fromString(commit.id()))) {
      throw failures.missing(commit.id());
    }
  }

  private void fetchBranches(Remote remote, FetchWatch watch, FetchFailures failures) {
    try {
      fetch(remote, new RefSpec("+refs/heads/*:refs/heads/*"), Optional.empty(), watch);
    } catch (NotSupportedException | TransportException e) {
      watch.throwIfTripped(e);
      throw failures.classified("fetch from", e);
    }
  }

  private void fetch(Remote remote, RefSpec what, Optional<Integer> depth, FetchWatch watch)
      throws NotSupportedException, TransportException {
    try (Transport transport = Transport.open(repository, remote.uri())) {
      JGitRepository.patient(transport);
      remote.logIn(transport);
      transport.setTagOpt(TagOpt.NO_TAGS);
      depth.ifPresent(transport::setDepth);
      transport.fetch(watch, List.of(what));
    }
  }

  /** What was read stays good when something of the folder remains, which a later start removes. */
  @Override
  public void close() {
    repository.close();
    try {
      folder.close();
    } catch (IOException e) {
      LOG.warn("The temporary repository {} could not be removed: {}", folder.path(), e.toString());
    }
  }
}
