package dev.offshoot.provisioner;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.git.GitRepository;
import dev.offshoot.worker.Failure;

/** Refs in memory, and every commit that was not forgotten. */
final class MemoryRepository implements GitRepository {
  private final Map<GitRef, Commit> tips = new ConcurrentHashMap<>();
  private final Set<Commit> forgotten = ConcurrentHashMap.newKeySet();
  private volatile boolean reachable = true;

  void push(GitRef ref, Commit commit) {
    tips.put(ref, commit);
  }

  /** As hosts do with a commit that no branch has. */
  void forget(Commit commit) {
    forgotten.add(commit);
  }

  @Override
  public void verify(Commit commit) {
    if (forgotten.contains(commit)) {
      throw new Failure(Failure.Kind.INVALID, "The commit " + commit + " is not in the repository");
    }
  }

  void delete(GitRef ref) {
    tips.remove(ref);
  }

  void reachable(boolean now) {
    reachable = now;
  }

  @Override
  public Optional<Commit> tip(GitRef ref) {
    if (!reachable) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "The repository cannot be reached");
    }
    return Optional.ofNullable(tips.get(ref));
  }

  @Override
  public Map<GitRef, Commit> branches() {
    if (!reachable) {
      throw new Failure(Failure.Kind.UNAVAILABLE, "The repository cannot be reached");
    }
    return Map.copyOf(tips);
  }

  /** As the commits were pushed one after the other. */
  @Override
  public Optional<Boolean> rewritten(Commit older, Commit newer) {
    return Optional.of(newer.id().compareTo(older.id()) < 0);
  }

  @Override
  public List<SourceFile> files(Commit commit, Folder folder, Predicate<String> wanted) {
    throw new UnsupportedOperationException("The provisioner reads no files");
  }
}
