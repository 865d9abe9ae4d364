package dev.offshoot.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

import dev.offshoot.environment.Commit;
import dev.offshoot.git.GitRepository.Glimpse;
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.worker.Failure;

/** Reads the regular files of one folder of a commit, within limits: a branch must not fill our memory. */
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

  /** What is done with a file that is wanted. */
  private interface Visitor {
    void visit(String path, String name, ObjectLoader blob) throws IOException;
  }

  List<SourceFile> read(String folder, Predicate<String> wanted) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    AtomicLong bytes = new AtomicLong();
    walk(folder, wanted, (path, name, blob) -> {
      byte[] content = content(blob, path);
      if (files.size() == MOST_FILES) {
        throw invalid("The folder '" + prefix(folder) + "' has more than " + MOST_FILES + " files");
      }
      if (bytes.addAndGet(content.length) > LARGEST_FOLDER) {
        throw invalid("The files of the folder '" + prefix(folder) + "' have more than " + (LARGEST_FOLDER >> 20) + " MiB in all");
      }
      files.add(new SourceFile(path, name, text(content, path)));
    });
    files.sort(Comparator.comparing(SourceFile::name));
    return List.copyOf(files);
  }

  List<Glimpse> glimpses(SortedMap<String, Predicate<String>> wanted) throws IOException {
    List<Glimpse> glimpses = new ArrayList<>();
    for (Map.Entry<String, Predicate<String>> folder : wanted.entrySet()) {
      walk(folder.getKey(), name -> glimpses.size() < GitRepository.MOST_GLIMPSES && folder.getValue().test(name),
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

  private void walk(String folder, Predicate<String> wanted, Visitor visitor) throws IOException {
    try (ObjectReader reader = repository.newObjectReader(); RevWalk commits = new RevWalk(reader)) {
      ObjectId tree = commits.parseCommit(ObjectId.fromString(commit.id())).getTree();
      if (folder.isEmpty()) {
        walk(reader, tree, prefix(folder), wanted, visitor);
        return;
      }
      try (TreeWalk found = TreeWalk.forPath(reader, folder, tree)) {
        // a link or a submodule in the folder's place is not followed
        if (found != null && FileMode.TREE.equals(found.getRawMode(0))) {
          walk(reader, found.getObjectId(0), prefix(folder), wanted, visitor);
        }
      }
    } catch (IncorrectObjectTypeException e) {
      throw new Failure(Failure.Kind.INVALID, "The object " + commit.id() + " is not a commit", e);
    }
  }

  private static void walk(ObjectReader reader, ObjectId tree, String prefix, Predicate<String> wanted, Visitor visitor)
      throws IOException {
    try (TreeWalk entries = new TreeWalk(reader)) {
      entries.addTree(tree);
      while (entries.next()) {
        String name = entries.getNameString();
        if (isRegular(entries) && wanted.test(name)) {
          visitor.visit(prefix + name, name, reader.open(entries.getObjectId(0), Constants.OBJ_BLOB));
        }
      }
    }
  }

  private static String prefix(String folder) {
    return folder.isEmpty() ? "" : folder + "/";
  }

  private static boolean isRegular(TreeWalk entry) {
    FileMode mode = entry.getFileMode(0);
    return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
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

  private static Failure invalid(String what) {
    return new Failure(Failure.Kind.INVALID, what);
  }
}
