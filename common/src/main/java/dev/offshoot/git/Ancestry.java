package dev.offshoot.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.Commit;

/**
 * Whether one commit is an ancestor of another, from their last commits alone: without files where the server can leave them out, in a
 * bare repository that is gone afterwards.
 */
final class Ancestry {
  private static final Logger LOG = LoggerFactory.getLogger(Ancestry.class);
  /** Most pushes add a few commits; a rebase on a busy branch is found further back. */
  private static final List<Integer> DEPTHS = List.of(20, 1_000);
  private static final long LARGEST_PACK = 64L << 20;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Remote remote;

  Ancestry(Remote remote) {
    this.remote = remote;
  }

  /** Empty where the part of the history that was read does not tell. */
  Optional<Boolean> rewritten(Commit older, Commit newer) {
    try {
      for (int depth : DEPTHS) {
        Optional<Boolean> told = rewritten(older, newer, depth);
        if (told.isPresent()) {
          return told;
        }
      }
    } catch (IOException e) {
      LOG.info("Whether {} was rewritten to {} could not be read: {}", older.brief(), newer.brief(),
          remote.showable(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  private Optional<Boolean> rewritten(Commit older, Commit newer, int depth) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create();
        Repository repository = new FileRepositoryBuilder().setBare().setGitDir(folder.path().toFile()).build()) {
      repository.create(true);
      repository.getConfig().setInt("gc", null, "auto", 0);
      repository.getConfig().setBoolean("gc", null, "autoDetach", false);
      fetch(repository, folder.path(), newer, depth);
      if (isAncestor(repository, older, newer)) {
        return Optional.of(false);
      }
      boolean whole = repository.getObjectDatabase().getShallowCommits().isEmpty();
      return whole || haveForked(repository, folder.path(), older, newer, depth) ? Optional.of(true) : Optional.empty();
    }
  }

  private static boolean isAncestor(Repository repository, Commit older, Commit newer) throws IOException {
    ObjectId from = ObjectId.fromString(older.id());
    if (!repository.getObjectDatabase().has(from)) {
      return false;
    }
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.isMergedInto(walk.parseCommit(from), walk.parseCommit(ObjectId.fromString(newer.id())));
    }
  }

  /** Whether both come from a commit that is neither; not every server still gives out what no ref leads to. */
  private boolean haveForked(Repository repository, Path folder, Commit older, Commit newer, int depth) throws IOException {
    try {
      fetch(repository, folder, older, depth);
    } catch (TransportException e) {
      LOG.debug("{} is not given out any more", older.brief(), e);
      return false;
    }
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit from = walk.parseCommit(ObjectId.fromString(older.id()));
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(from);
      walk.markStart(walk.parseCommit(ObjectId.fromString(newer.id())));
      RevCommit base = walk.next();
      return base != null && !base.equals(from);
    }
  }

  private void fetch(Repository repository, Path folder, Commit commit, int depth) throws NotSupportedException, TransportException {
    if (LocalRepository.at(remote).filter(local -> local.refuses(commit)).isPresent()) {
      throw new TransportException("no ref leads to " + commit.brief());
    }
    try {
      fetch(repository, folder, commit, depth, FilterSpec.fromFilterLine("tree:0"));
    } catch (TransportException e) {
      if (!(e.getCause() instanceof PackProtocolException)) {
        throw e;
      }
      // the server cannot leave files out
      fetch(repository, folder, commit, depth, FilterSpec.NO_FILTER);
    }
  }

  private void fetch(Repository repository, Path folder, Commit commit, int depth, FilterSpec filter)
      throws NotSupportedException, TransportException {
    try (Transport transport = Transport.open(repository, remote.uri())) {
      JGitRepository.patient(transport);
      remote.logIn(transport);
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setDepth(depth);
      transport.setFilterSpec(filter);
      transport.fetch(new FetchWatch(folder, LARGEST_PACK, LONGEST), List.of(new RefSpec(commit.id() + ":refs/fetched/" + commit.id())));
    }
  }
}
