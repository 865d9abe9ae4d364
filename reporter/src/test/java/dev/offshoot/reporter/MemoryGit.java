package dev.offshoot.reporter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.git.GitRepository;
import dev.offshoot.worker.Failure;

/** A repository in memory: a few branches, each with some files at its tip. */
final class MemoryGit implements GitRepository {
  private final Map<GitRef, Commit> tips = new HashMap<>();
  private final Map<Commit, List<SourceFile>> files = new HashMap<>();
  private final Set<Commit> forgotten = new HashSet<>();

  MemoryGit with(String branch, Commit tip, Map<String, String> migrations) {
    tips.put(GitRef.ofBranch(branch), tip);
    List<SourceFile> all = new ArrayList<>();
    migrations.forEach((name, text) -> all.add(new SourceFile("db/migration/" + name, name, text)));
    files.put(tip, all);
    return this;
  }

  /** As hosts do with a commit that no branch has. */
  MemoryGit forget(Commit commit) {
    forgotten.add(commit);
    return this;
  }

  @Override
  public Optional<Commit> tip(GitRef ref) {
    return Optional.ofNullable(tips.get(ref));
  }

  @Override
  public Map<GitRef, Commit> branches() {
    return Map.copyOf(tips);
  }

  @Override
  public Optional<Boolean> rewritten(Commit older, Commit newer) {
    return Optional.empty();
  }

  @Override
  public List<SourceFile> files(Commit commit, Folder folder, Predicate<String> wanted) {
    if (forgotten.contains(commit)) {
      throw new Failure(Failure.Kind.INVALID, "The commit " + commit + " is not in the repository");
    }
    return files.getOrDefault(commit, List.of()).stream()
        .filter(file -> file.path().equals(folder.path() + "/" + file.name()) && (folder.all() || !file.name().contains("/")))
        .filter(file -> wanted.test(file.name())).toList();
  }
}
