package dev.offshoot.git;

import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;

import dev.offshoot.worker.Failure;

/**
 * Turns JGit's exceptions, which tell causes apart by their text only, into {@link Failure}s. The address is not
 * part of what they say: a repository may be called {@code authentication}. It prints without user and password.
 */
final class FetchFailures {
  private static final Pattern REFUSED =
      Pattern.compile("not authorized|not permitted|auth fail|authentication|cannot log in|no more authentication",
          Pattern.CASE_INSENSITIVE);

  private final Remote remote;

  FetchFailures(Remote remote) {
    this.remote = remote;
  }

  /** @param doing what we were at, as in "read refs/heads/main of" */
  Failure classified(String doing, Throwable cause) {
    String said = remote.showable(String.valueOf(cause.getMessage()));
    if (cause instanceof NotSupportedException) {
      return failure(Failure.Kind.INVALID, doing, cause, "this kind of URL is not supported: " + said);
    }
    if (isDenied(cause)) {
      return failure(Failure.Kind.DENIED, doing, cause, "access was denied (" + said
          + "); check the URL and the credentials in the configuration");
    }
    return failure(Failure.Kind.UNAVAILABLE, doing, cause, "it cannot be reached (" + said + ")");
  }

  /** Whether asking the same server in another way is pointless. */
  boolean isUnreachableOrDenied(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof SocketException || t instanceof UnknownHostException || t instanceof SSLException
          || t instanceof NoRemoteRepositoryException || t instanceof NotSupportedException) {
        return true;
      }
    }
    return isDenied(cause);
  }

  private boolean isDenied(Throwable cause) {
    return REFUSED.matcher(remote.withoutAddress(String.valueOf(cause.getMessage()))).find();
  }

  private Failure failure(Failure.Kind kind, String doing, Throwable cause, String why) {
    return new Failure(kind, "Could not " + doing + " " + remote.shown() + ": " + why, cause);
  }

  Failure missing(String commit) {
    return new Failure(Failure.Kind.INVALID, "The commit " + commit + " is not in " + remote.shown()
        + "; was it force-pushed away? Push the branch again");
  }
}
