package dev.offshoot.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

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
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;

/**
 * A bare repository whose commits are written object by object, so that they may hold what {@code git add} would
 * refuse.
 */
public final class SampleRepository implements AutoCloseable {
  private static final PersonIdent AUTHOR = new PersonIdent("A Developer", "developer@example.org");
  private final Repository repository;
  private final Path folder;

  private SampleRepository(Repository repository, Path folder) {
    this.repository = repository;
    this.folder = folder;
  }

  public static SampleRepository create(Path folder) throws IOException {
    IsolatedSystem.install();
    Repository repository = new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
    repository.create(true);
    return new SampleRepository(repository, folder);
  }

  public String url() {
    return folder.toUri().toString();
  }

  /** A new, empty migrations folder. */
  public Tree tree() {
    return new Tree();
  }

  /** A commit on top of the branch whose migrations folder is as given. */
  public Commit commit(GitRef branch, Tree tree) throws IOException {
    return commit(branch, tree.entries);
  }

  Commit commitAtRoot(GitRef branch, String path, FileMode mode, String content) throws IOException {
    Tree tree = new Tree();
    tree.add(path, mode, insert(content.getBytes(StandardCharsets.UTF_8)));
    return commit(branch, tree.entries);
  }

  private Commit commit(GitRef branch, Map<String, DirCacheEntry> entries) throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    entries.values().forEach(builder::add);
    builder.finish();
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId root = index.writeTree(inserter);
      inserter.flush();
      return commit(branch, root);
    }
  }

  /** Whose migrations folder has so many folders, each of them as many, and so on; a few objects, since all of one depth are the same. */
  Commit commitNested(GitRef branch, int folders, int deep) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = inserter.insert(new TreeFormatter());
      for (int i = 0; i < deep; i++) {
        TreeFormatter next = new TreeFormatter();
        for (int each = 0; each < folders; each++) {
          next.append("d" + (char) ('a' + each), FileMode.TREE, tree);
        }
        tree = inserter.insert(next);
      }
      for (String name : new String[] {"migration", "db"}) {
        TreeFormatter above = new TreeFormatter();
        above.append(name, FileMode.TREE, tree);
        tree = inserter.insert(above);
      }
      inserter.flush();
      return commit(branch, tree);
    }
  }

  private Commit commit(GitRef branch, ObjectId root) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(root);
      ObjectId parent = repository.resolve(branch.name());
      if (parent != null) {
        commit.setParentId(parent);
      }
      commit.setAuthor(AUTHOR);
      commit.setCommitter(AUTHOR);
      commit.setMessage("A change");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      RefUpdate update = repository.updateRef(branch.name());
      update.setNewObjectId(id);
      update.forceUpdate();
      return new Commit(id.name());
    }
  }

  /** Sets the branch to a commit that there is, whatever it was before. */
  public void move(GitRef branch, Commit commit) throws IOException {
    RefUpdate update = repository.updateRef(branch.name());
    update.setNewObjectId(ObjectId.fromString(commit.id()));
    update.forceUpdate();
  }

  /** Removes the branch. */
  public void reset(GitRef branch) throws IOException {
    RefUpdate update = repository.updateRef(branch.name());
    update.setForceUpdate(true);
    update.delete();
  }

  String treeOf(Commit commit) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.parseCommit(ObjectId.fromString(commit.id())).getTree().name();
    }
  }

  /** Switches a setting of {@code uploadpack} on. */
  void allow(String setting) throws IOException {
    repository.getConfig().setBoolean("uploadpack", null, setting, true);
    repository.getConfig().save();
  }

  private ObjectId insert(byte[] content) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
      inserter.flush();
      return id;
    }
  }

  @Override
  public void close() {
    repository.close();
  }

  /** What the next commit holds in its migrations folder. */
  public final class Tree {
    private final Map<String, DirCacheEntry> entries = new TreeMap<>();

    private Tree() {}

    public Tree file(String name, String text) throws IOException {
      return entry(name, FileMode.REGULAR_FILE, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Anywhere in the repository. */
    public Tree at(String path, String text) throws IOException {
      return add(path, FileMode.REGULAR_FILE, insert(text.getBytes(StandardCharsets.UTF_8)));
    }

    public Tree entry(String name, FileMode mode, byte[] content) throws IOException {
      return add("db/migration/" + name, mode, insert(content));
    }

    public Tree submodule(String name) {
      return add("db/migration/" + name, FileMode.GITLINK, ObjectId.fromString("b".repeat(40)));
    }

    private Tree add(String path, FileMode mode, ObjectId id) {
      DirCacheEntry entry = new DirCacheEntry(path);
      entry.setFileMode(mode);
      entry.setObjectId(id);
      entries.put(path, entry);
      return this;
    }
  }
}
