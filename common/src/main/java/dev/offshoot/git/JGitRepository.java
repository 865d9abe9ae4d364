package dev.offshoot.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.worker.Failure;

/**
 * A git repository read with JGit, with no work tree and nothing kept: hooks, filters, submodules and links of a
 * hostile repository have nothing to act on. For ssh, the keys and known hosts of this user's {@code ~/.ssh} are used.
 */
public final class JGitRepository implements GitRepository {
  private static final String BRANCHES = "refs/heads/*";
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final Remote remote;
  private final FetchFailures failures;

  /**
   * @param url from the configuration, never from a delivery; a {@link dev.offshoot.config.RepositoryUrl}
   * @throws IllegalArgumentException when it is not one
   */
  public JGitRepository(String url) {
    IsolatedSystem.install();
    remote = Remote.of(url);
    failures = new FetchFailures(remote);
  }

  @Override
  public Optional<Commit> tip(GitRef ref) {
    try (Transport transport = Transport.open(remote.uri())) {
      patient(transport);
      remote.logIn(transport);
      try (FetchConnection connection = transport.openFetch(List.of(new RefSpec().setSource(ref.name())))) {
        return Optional.ofNullable(connection.getRef(ref.name())).map(Ref::getObjectId)
            .map(id -> new Commit(id.name()));
      }
    } catch (NotSupportedException | TransportException e) {
      throw failures.classified("read " + ref.name() + " of", e);
    }
  }

  @Override
  public Map<GitRef, Commit> branches() {
    Map<GitRef, Commit> branches = new HashMap<>();
    try (Transport transport = Transport.open(remote.uri())) {
      patient(transport);
      remote.logIn(transport);
      try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(BRANCHES + ":" + BRANCHES)))) {
        for (Ref ref : connection.getRefs()) {
          Optional<ObjectId> at = Optional.ofNullable(ref.getObjectId());
          at.ifPresent(id -> branch(ref.getName()).ifPresent(name -> branches.put(name, new Commit(id.name()))));
        }
      }
    } catch (NotSupportedException | TransportException e) {
      throw failures.classified("read the branches of", e);
    }
    return branches;
  }

  private static Optional<GitRef> branch(String name) {
    try {
      return Optional.of(new GitRef(name)).filter(GitRef::isBranch);
    } catch (IllegalArgumentException unfit) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Boolean> rewritten(Commit older, Commit newer) {
    return new Ancestry(remote).rewritten(older, newer);
  }

  @Override
  public List<SourceFile> files(Commit commit, Folder folder, Predicate<String> wanted) {
    try (FetchedCommit fetched = FetchedCommit.fetch(remote, commit, failures)) {
      return new FolderReader(fetched.repository(), commit).read(folder, wanted);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Could not keep commit " + commit.brief() + " while reading it: "
          + e, e);
    }
  }

  @Override
  public List<Glimpse> glimpses(Commit commit, List<Look> looks) {
    try (FetchedCommit fetched = FetchedCommit.fetch(remote, commit, failures)) {
      return new FolderReader(fetched.repository(), commit).glimpses(looks);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Could not keep commit " + commit.brief() + " while looking at it: " + e, e);
    }
  }

  /** Removes what processes that were killed left behind; for the start of a process. */
  public static void removeLeftovers(Clock clock) {
    TemporaryFolder.removeLeftovers(Path.of(System.getProperty("java.io.tmpdir")), clock.instant());
  }

  /** A server that stays silent for so long counts as unreachable. */
  static void patient(Transport transport) {
    transport.setTimeout((int) SILENCE.toSeconds());
  }
}
