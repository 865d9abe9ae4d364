package dev.offshoot.git;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;

/**
 * A repository at its configured URL. Failures are {@link dev.offshoot.worker.Failure}s: UNAVAILABLE when it cannot be
 * reached, DENIED when we may not read it, INVALID when what was asked for is not in it or breaks a limit.
 */
public interface GitRepository {

  /** Where the ref is now; empty when it does not exist. */
  Optional<Commit> tip(GitRef ref);

  /** All branches, and where each is now; one whose name is no {@link GitRef} is left out. */
  Map<GitRef, Commit> branches();

  /**
   * Whether history was rewritten between two tips of a ref: the older is no ancestor of the newer. Says little about failures: only a part
   * of the history is read, within a limit of time.
   *
   * @return empty where that part does not tell, or could not be read
   */
  Optional<Boolean> rewritten(Commit older, Commit newer);

  /**
   * The regular files directly in a folder of one commit; links, submodules and sub-folders are left out.
   *
   * @param folder {@code /}-separated, without a leading {@code /}
   * @param wanted asked for each file's name; the others are neither read nor held to a limit
   * @return in the order of their names; empty when the commit has no such folder
   */
  List<SourceFile> files(Commit commit, String folder, Predicate<String> wanted);

  /**
   * Looks at regular files of several folders of one commit, which is fetched once. What is in them keeps nothing from being answered.
   *
   * @param wanted by folder, asked for each file's name
   * @return in the order of folders and names; not more than {@link #MOST_GLIMPSES}
   */
  default List<Glimpse> glimpses(Commit commit, SortedMap<String, Predicate<String>> wanted) {
    return wanted.entrySet().stream().flatMap(folder -> files(commit, folder.getKey(), folder.getValue()).stream())
        .map(file -> new Glimpse(file.path(), file.name(), Optional.of(file.text()))).limit(MOST_GLIMPSES).toList();
  }

  /** How many files are looked at. */
  int MOST_GLIMPSES = 200;

  /** @param text empty for what is larger than 64 KiB, or not UTF-8 */
  record Glimpse(String path, String name, Optional<String> text) {}

  /**
   * A file as it stands in a commit.
   *
   * @param path from the repository's root
   * @param text its content; a file that is not UTF-8 is INVALID
   */
  record SourceFile(String path, String name, String text) {}
}
