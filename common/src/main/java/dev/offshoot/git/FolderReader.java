package dev.offshoot.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

import dev.offshoot.environment.Commit;
import dev.offshoot.git.GitRepository.Folder;
import dev.offshoot.git.GitRepository.Glimpse;
import dev.offshoot.git.GitRepository.Look;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.worker.Failure;

/** Reads the regular files of a folder of a commit, within limits: a branch must not fill our memory, nor take our time. */
final class FolderReader {
  static final int LARGEST_FILE = 5 << 20;
  static final int MOST_FILES = 2_000;
  static final long LARGEST_FOLDER = 100L << 20;
  static final int LARGEST_GLIMPSE = 64 << 10;

  private final Repository repository;
  private final Commit commit;

  FolderReader(Repository repository, Commit commit) {
    this.repository = repository;
    this.commit = commit;
  }

  List<SourceFile> read(Folder folder, Predicate<String> wanted) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    AtomicLong bytes = new AtomicLong();
    walk(folder, wanted, (path, name, blob) -> {
      byte[] content = content(blob, path);
      if (files.size() == MOST_FILES) {
        throw invalid("The folder '" + folder.path() + "' has more than " + MOST_FILES + " files");
      }
      if (bytes.addAndGet(content.length) > LARGEST_FOLDER) {
        throw invalid("The files of the folder '" + folder.path() + "' have more than " + (LARGEST_FOLDER >> 20) + " MiB in all");
      }
      files.add(new SourceFile(path, name, text(content, path)));
    });
    files.sort(Comparator.comparing(SourceFile::name));
    return List.copyOf(files);
  }

  List<Glimpse> glimpses(List<Look> looks) throws IOException {
    List<Glimpse> glimpses = new ArrayList<>();
    for (Look look : looks) {
      walk(look.folder(), name -> glimpses.size() < GitRepository.MOST_GLIMPSES && look.wanted().test(name),
          (path, name, blob) -> glimpses.add(new Glimpse(path, name, glimpse(blob))));
    }
    return List.copyOf(glimpses);
  }

  private static Optional<String> glimpse(ObjectLoader blob) throws IOException {
    if (blob.getSize() > LARGEST_GLIMPSE) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoded(blob.getCachedBytes(LARGEST_GLIMPSE)));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private void walk(Folder folder, Predicate<String> wanted, FolderWalk.Visitor visitor) throws IOException {
    try (ObjectReader reader = repository.newObjectReader(); RevWalk commits = new RevWalk(reader)) {
      ObjectId tree = commits.parseCommit(ObjectId.fromString(commit.id())).getTree();
      FolderWalk walk = new FolderWalk(reader, folder, wanted, visitor);
      if (folder.path().isEmpty()) {
        walk.through(tree);
        return;
      }
      try (TreeWalk found = TreeWalk.forPath(reader, folder.path(), tree)) {
        // a link or a submodule in the folder's place is not followed
        if (found != null && FileMode.TREE.equals(found.getRawMode(0))) {
          walk.through(found.getObjectId(0));
        }
      }
    } catch (IncorrectObjectTypeException e) {
      throw new Failure(Failure.Kind.INVALID, "The object " + commit.id() + " is not a commit", e);
    }
  }

  private static byte[] content(ObjectLoader blob, String path) throws IOException {
    if (blob.getSize() > LARGEST_FILE) {
      throw invalid("The file '" + path + "' is larger than " + (LARGEST_FILE >> 20) + " MiB");
    }
    return blob.getCachedBytes(LARGEST_FILE);
  }

  private static String text(byte[] content, String path) {
    try {
      return decoded(content);
    } catch (CharacterCodingException e) {
      throw new Failure(Failure.Kind.INVALID, "The file '" + path + "' is not UTF-8; save it as UTF-8 and push again",
          e);
    }
  }

  private static String decoded(byte[] content) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
  }

  static Failure invalid(String what) {
    return new Failure(Failure.Kind.INVALID, what);
  }
}
