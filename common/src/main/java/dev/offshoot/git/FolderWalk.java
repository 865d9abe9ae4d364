package dev.offshoot.git;

import java.io.IOException;
import java.util.function.Predicate;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

import dev.offshoot.git.GitRepository.Folder;

/**
 * One walk through a folder, and the folders in it where all below is asked for. A few objects can describe more folders than could ever be
 * walked through, since one may stand in many places, so what is come across is counted. Names are texts only: nothing is made of them.
 */
final class FolderWalk {
  static final int DEEPEST = 20;
  static final int MOST_FOLDERS = 5_000;
  static final int MOST_ENTRIES = 200_000;

  private final ObjectReader reader;
  private final Folder folder;
  private final Predicate<String> wanted;
  private final Visitor visitor;
  private int folders;
  private int entries;

  FolderWalk(ObjectReader reader, Folder folder, Predicate<String> wanted, Visitor visitor) {
    this.reader = reader;
    this.folder = folder;
    this.wanted = wanted;
    this.visitor = visitor;
  }

  /** What is done with a file that is wanted. */
  interface Visitor {
    void visit(String path, String name, ObjectLoader blob) throws IOException;
  }

  /** @param tree the folder's */
  void through(ObjectId tree) throws IOException {
    through(tree, "", 0);
  }

  private void through(ObjectId tree, String below, int depth) throws IOException {
    require(depth <= DEEPEST, "has folders that are nested more than " + DEEPEST + " deep");
    require(++folders <= MOST_FOLDERS, "has more than " + MOST_FOLDERS + " folders in it");
    try (TreeWalk here = new TreeWalk(reader)) {
      here.addTree(tree);
      while (here.next()) {
        require(++entries <= MOST_ENTRIES, "has more than " + MOST_ENTRIES + " entries in it");
        String name = below + here.getNameString();
        if (folder.all() && FileMode.TREE.equals(here.getRawMode(0))) {
          through(here.getObjectId(0), name + "/", depth + 1);
        } else if (isRegular(here) && wanted.test(name)) {
          visitor.visit(prefix() + name, name, reader.open(here.getObjectId(0), Constants.OBJ_BLOB));
        }
      }
    }
  }

  private String prefix() {
    return folder.path().isEmpty() ? "" : folder.path() + "/";
  }

  private static boolean isRegular(TreeWalk entry) {
    FileMode mode = entry.getFileMode(0);
    return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
  }

  private void require(boolean met, String otherwise) {
    if (!met) {
      throw FolderReader.invalid("The folder '" + folder.path() + "' " + otherwise);
    }
  }
}
