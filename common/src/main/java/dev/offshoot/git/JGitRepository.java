package dev.offshoot.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.worker.Failure;

/**
 * A git repository read with JGit, with no work tree and nothing kept: hooks, filters, submodules and links of a
 * hostile repository have nothing to act on. For ssh, the keys and known hosts of this user's {@code ~/.ssh} are used.
 */
public final class JGitRepository implements GitRepository {
  private static final Set<String> PROTOCOLS = Set.of("file", "https", "ssh");
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final URIish uri;
  private final FetchFailures failures;

  /**
   * @param url from the configuration, never from a delivery: {@code https://…}, {@code ssh://…},
   *     {@code user@host:path}, {@code file:///…} or an absolute path
   */
  public JGitRepository(String url) {
    IsolatedSystem.install();
    try {
      uri = new URIish(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "A repository's url must be a git URL, for example https://git.example.org/shop.git", e);
    }
    boolean scpLikeOrPath = uri.getScheme() == null && !url.contains("::")
        && (uri.getHost() != null || url.startsWith("/"));
    if (!scpLikeOrPath && !PROTOCOLS.contains(String.valueOf(uri.getScheme()))) {
      throw new IllegalArgumentException("A repository's url must be https, ssh, file or an absolute path: '" + uri
          + "' is not");
    }
    failures = new FetchFailures(uri);
  }

  @Override
  public Optional<Commit> tip(GitRef ref) {
    try (Transport transport = Transport.open(uri)) {
      patient(transport);
      try (FetchConnection connection = transport.openFetch(List.of(new RefSpec().setSource(ref.name())))) {
        return Optional.ofNullable(connection.getRef(ref.name())).map(Ref::getObjectId)
            .map(id -> new Commit(id.name()));
      }
    } catch (NotSupportedException | TransportException e) {
      throw failures.classified("read " + ref.name() + " of", e);
    }
  }

  @Override
  public List<SourceFile> files(Commit commit, String folder, Predicate<String> wanted) {
    try (FetchedCommit fetched = FetchedCommit.fetch(uri, commit, failures)) {
      return new FolderReader(fetched.repository(), commit).read(folder, wanted);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "Could not keep commit " + commit.brief() + " while reading it: "
          + e, e);
    }
  }

  /** A server that stays silent for so long counts as unreachable. */
  static void patient(Transport transport) {
    transport.setTimeout((int) SILENCE.toSeconds());
  }
}
