package dev.offshoot.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
import dev.offshoot.git.GitRepository.SourceFile;
import dev.offshoot.worker.Failure;

/** Reads the regular files of one folder of a commit, within limits: a branch must not fill our memory. */
final class FolderReader {
  static final int LARGEST_FILE = 5 << 20;
  static final int MOST_FILES = 2_000;
  static final long LARGEST_FOLDER = 100L << 20;

  private final Repository repository;
  private final Commit commit;

  FolderReader(Repository repository, Commit commit) {
    this.repository = repository;
    this.commit = commit;
  }

  List<SourceFile> read(String folder, Predicate<String> wanted) throws IOException {
    try (ObjectReader reader = repository.newObjectReader(); RevWalk commits = new RevWalk(reader)) {
      ObjectId tree = commits.parseCommit(ObjectId.fromString(commit.id())).getTree();
      if (folder.isEmpty()) {
        return read(reader, tree, folder, wanted);
      }
      try (TreeWalk found = TreeWalk.forPath(reader, folder, tree)) {
        // a link or a submodule in the folder's place is not followed
        return found == null || !FileMode.TREE.equals(found.getRawMode(0))
            ? List.of()
            : read(reader, found.getObjectId(0), folder + "/", wanted);
      }
    } catch (IncorrectObjectTypeException e) {
      throw new Failure(Failure.Kind.INVALID, "The object " + commit.id() + " is not a commit", e);
    }
  }

  private static List<SourceFile> read(ObjectReader reader, ObjectId tree, String prefix, Predicate<String> wanted)
      throws IOException {
    List<SourceFile> files = new ArrayList<>();
    long bytes = 0;
    try (TreeWalk entries = new TreeWalk(reader)) {
      entries.addTree(tree);
      while (entries.next()) {
        String name = entries.getNameString();
        if (!isRegular(entries) || !wanted.test(name)) {
          continue;
        }
        String path = prefix + name;
        byte[] content = content(reader.open(entries.getObjectId(0), Constants.OBJ_BLOB), path);
        bytes += content.length;
        if (files.size() == MOST_FILES) {
          throw invalid("The folder '" + prefix + "' has more than " + MOST_FILES + " files");
        }
        if (bytes > LARGEST_FOLDER) {
          throw invalid("The files of the folder '" + prefix + "' have more than " + (LARGEST_FOLDER >> 20)
              + " MiB in all");
        }
        files.add(new SourceFile(path, name, text(content, path)));
      }
    }
    files.sort(Comparator.comparing(SourceFile::name));
    return List.copyOf(files);
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
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new Failure(Failure.Kind.INVALID, "The file '" + path + "' is not UTF-8; save it as UTF-8 and push again",
          e);
    }
  }

  private static Failure invalid(String what) {
    return new Failure(Failure.Kind.INVALID, what);
  }
}
