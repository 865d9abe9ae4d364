package dev.offshoot.git;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Returns where the commit can be had; INVALID says that it is not in the repository, or cannot be had within the limits. */
  default void verify(Commit commit) {
    var _ = files(commit, Folder.itself(".git"), _ -> false); // which no commit has
  }

  /**
   * The regular files of a folder of one commit; links and submodules are left out. Law: where all below is asked for, no file is passed
   * over for where it lies; a folder that is nested too deep, or has too many folders, entries, files or bytes in it, is INVALID as a whole.
   *
   * @param wanted asked for each file's name as it is returned; the others are neither read nor held to a limit of files
   * @return in the order of their names; empty when the commit has no such folder
   */
  List<SourceFile> files(Commit commit, Folder folder, Predicate<String> wanted);

  /**
   * Looks at regular files of several folders of one commit, which is fetched once. What is in them keeps nothing from being answered.
   *
   * @return in the order of what is looked for, and of names; not more than {@link #MOST_GLIMPSES}
   */
  default List<Glimpse> glimpses(Commit commit, List<Look> looks) {
    return looks.stream().flatMap(look -> files(commit, look.folder(), look.wanted()).stream())
        .map(file -> new Glimpse(file.path(), file.name(), Optional.of(file.text()))).limit(MOST_GLIMPSES).toList();
  }

  /** How many files are looked at. */
  int MOST_GLIMPSES = 200;

  /**
   * A folder of a commit.
   *
   * @param path {@code /}-separated, without a leading {@code /}; empty for the root
   * @param all whether the files of the folders in it are meant too, however deep
   */
  record Folder(String path, boolean all) {

    /** What is directly in it. */
    public static Folder itself(String path) {
      return new Folder(path, false);
    }

    /** With the folders in it, as Flyway reads a location. */
    public static Folder withAllBelow(String path) {
      return new Folder(path, true);
    }
  }

  /** @param wanted asked for each file's name as it is returned */
  record Look(Folder folder, Predicate<String> wanted) {}

  /**
   * @param name from the folder that was looked into
   * @param text empty for what is larger than 64 KiB, or not UTF-8
   */
  record Glimpse(String path, String name, Optional<String> text) {}

  /**
   * A file as it stands in a commit.
   *
   * @param path from the repository's root
   * @param name from the folder that was asked for: {@code 2025/V3__pages.sql} where it is not directly in it
   * @param text its content; a file that is not UTF-8 is INVALID
   */
  record SourceFile(String path, String name, String text) {}
}
