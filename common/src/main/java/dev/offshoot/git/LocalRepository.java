package dev.offshoot.git;

import java.io.File;
import java.io.IOException;
import java.util.Optional;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

import dev.offshoot.environment.Commit;

/** A repository on this machine. JGit serves it in this process, and prints a stack trace to stderr for whatever it refuses to give. */
final class LocalRepository {
  private final File folder;

  private LocalRepository(File folder) {
    this.folder = folder;
  }

  /** Empty where the address leads to another machine, or to nothing. */
  static Optional<LocalRepository> at(Remote remote) {
    boolean local = remote.uri().getHost() == null && (remote.uri().getScheme() == null || remote.uri().getScheme().equals("file"));
    return local && remote.uri().getPath() != null
        ? Optional.ofNullable(FileKey.resolve(new File(remote.uri().getPath()), FS.DETECTED)).map(LocalRepository::new)
        : Optional.empty();
  }

  /** Whether it would not give out the commit: it isn't there, or no ref leads to it. In doubt it is asked. */
  boolean refuses(Commit commit) {
    ObjectId id = ObjectId.fromString(commit.id());
    try (Repository repository = new FileRepositoryBuilder().setGitDir(folder).build(); RevWalk walk = new RevWalk(repository)) {
      if (!repository.getObjectDatabase().has(id)) {
        return true;
      }
      return !repository.getConfig().getBoolean("uploadpack", "allowAnySHA1InWant", false)
          && !walk.isMergedIntoAny(walk.parseCommit(id), repository.getRefDatabase().getRefs());
    } catch (IOException unreadable) {
      return false;
    }
  }
}
