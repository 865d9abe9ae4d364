package dev.offshoot.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.offshoot.environment.Commit;
import dev.offshoot.git.GitRepository;
import dev.offshoot.git.GitRepository.Folder;
import dev.offshoot.search.ConfigSet.ConfigFile;
import dev.offshoot.worker.Failure;

/**
 * The config sets of a repository's commits. Only regular files whose names are on a list are read, from the folder itself and its folder
 * {@code lang}; scripts, stylesheets, templates, jars and whatever else Solr might run are on none.
 */
public final class ConfigSetSource {
  static final int LARGEST_FILE = 1 << 20;
  static final int LARGEST_SET = 4 << 20;
  static final int MOST_FILES = 200;
  private static final int MOST_IGNORED = 20;
  private static final Set<String> NAMES = Set.of("managed-schema.xml", "managed-schema", "schema.xml", "solrconfig.xml", "currency.xml",
      "elevate.xml", "enumsConfig.xml");
  private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\\.txt");
  private static final String LANG = "lang";

  private final GitRepository repository;
  private final String folder;

  public ConfigSetSource(GitRepository repository, String folder) {
    this.repository = repository;
    this.folder = folder;
  }

  /**
   * Empty when the commit has no such folder, or nothing in it that a config set may have.
   *
   * @throws Failure INVALID for what is larger than a config set may be, or not UTF-8; others as {@link GitRepository} says
   */
  public ConfigSet at(Commit commit) {
    Set<String> ignored = new TreeSet<>();
    List<ConfigFile> files = new ArrayList<>();
    read(commit, folder, "", noting(ConfigSetSource::isKnown, ignored), files);
    if (!files.isEmpty()) {
      read(commit, folder + "/" + LANG, LANG + "/", noting(WORDS.asMatchPredicate(), ignored), files);
    }
    requireSmall(files);
    return new ConfigSet(folder, files, ignored.stream().limit(MOST_IGNORED).toList());
  }

  private static boolean isKnown(String name) {
    return NAMES.contains(name) || WORDS.matcher(name).matches();
  }

  private static Predicate<String> noting(Predicate<String> wanted, Set<String> others) {
    return name -> {
      boolean takes = wanted.test(name);
      if (!takes && others.size() < MOST_IGNORED) {
        others.add(name);
      }
      return takes;
    };
  }

  private void read(Commit commit, String from, String prefix, Predicate<String> wanted, List<ConfigFile> into) {
    repository.files(commit, Folder.itself(from), wanted).forEach(file -> into.add(new ConfigFile(prefix + file.name(), file.text())));
  }

  private void requireSmall(List<ConfigFile> files) {
    files.stream().filter(file -> file.text().length() > LARGEST_FILE).findFirst().ifPresent(file -> {
      throw new Failure(Failure.Kind.INVALID,
          "The file " + folder + "/" + file.path() + " is larger than " + (LARGEST_FILE >> 20) + " MiB, which no file of a config set may be");
    });
    if (files.size() > MOST_FILES || files.stream().mapToLong(file -> file.text().length()).sum() > LARGEST_SET) {
      throw new Failure(Failure.Kind.INVALID, "The config set " + folder + " has more than " + MOST_FILES + " files, or more than "
          + (LARGEST_SET >> 20) + " MiB in all; make it smaller");
    }
  }
}
