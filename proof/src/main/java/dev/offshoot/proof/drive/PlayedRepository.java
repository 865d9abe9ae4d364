package dev.offshoot.proof.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

import dev.offshoot.environment.Commit;

/** A bare repository whose commits are made without a work tree. */
final class PlayedRepository implements AutoCloseable {
  static final String DEFAULT_BRANCH = "main";
  private static final PersonIdent SOMEBODY =
      new PersonIdent("Proof", "proof@localhost", Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private final Path folder;
  private final Repository repository;

  private PlayedRepository(Path folder, Repository repository) {
    this.folder = folder;
    this.repository = repository;
  }

  static PlayedRepository create(Path folder) throws IOException {
    Repository repository = new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
    repository.create(true);
    repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + DEFAULT_BRANCH);
    return new PlayedRepository(folder, repository);
  }

  Path folder() {
    return folder;
  }

  /**
   * Writes a commit that no ref names yet.
   *
   * @param files the whole tree: texts by path
   */
  Commit commit(String message, Map<String, String> files, List<Commit> parents) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCache index = DirCache.newInCore();
      DirCacheBuilder tree = index.builder();
      for (Map.Entry<String, String> file : files.entrySet()) {
        DirCacheEntry entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
        tree.add(entry);
      }
      tree.finish();
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(index.writeTree(inserter));
      commit.setParentIds(parents.stream().map(parent -> ObjectId.fromString(parent.id())).toList());
      commit.setAuthor(SOMEBODY);
      commit.setCommitter(SOMEBODY);
      commit.setMessage(message);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return new Commit(id.name());
    } catch (IOException e) {
      throw new UncheckedIOException("A commit cannot be written", e);
    }
  }

  Optional<Commit> tip(String branch) {
    try {
      return Optional.ofNullable(repository.exactRef(Constants.R_HEADS + branch)).map(ref -> new Commit(ref.getObjectId().name()));
    } catch (IOException e) {
      throw new UncheckedIOException("A ref cannot be read", e);
    }
  }

  void move(String branch, Commit to) {
    update(branch, Optional.of(to));
  }

  void delete(String branch) {
    update(branch, Optional.empty());
  }

  private void update(String branch, Optional<Commit> to) {
    try {
      RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
      update.setForceUpdate(true);
      to.map(Commit::id).map(ObjectId::fromString).ifPresent(update::setNewObjectId);
      RefUpdate.Result result = to.isPresent() ? update.update() : update.delete();
      switch (result) {
        case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> { }
        default -> throw new IllegalStateException("The ref " + branch + " was not moved: " + result);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A ref cannot be moved", e);
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
