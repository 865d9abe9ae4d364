package dev.offshoot.search;

import java.util.List;
import java.util.Optional;

/**
 * A config set as it stands in a commit.
 *
 * @param folder in the repository
 * @param files those that a config set may have, in the order of their paths
 * @param ignored names in the folder that are on no list, in order; some of them, where there are many
 */
public record ConfigSet(String folder, List<ConfigFile> files, List<String> ignored) {
  static final String SOLRCONFIG = "solrconfig.xml";
  /** The names that Solr knows a schema by, from the newest. */
  static final List<String> SCHEMAS = List.of("managed-schema.xml", "managed-schema", "schema.xml");

  public ConfigSet {
    files = List.copyOf(files);
    ignored = List.copyOf(ignored);
  }

  /**
   * A file of it.
   *
   * @param path from the folder
   */
  public record ConfigFile(String path, String text) {}

  /** Of a repository that has none. */
  public static ConfigSet none(String folder) {
    return new ConfigSet(folder, List.of(), List.of());
  }

  public boolean isEmpty() {
    return files.isEmpty();
  }

  public Optional<ConfigFile> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /** The schema, whichever of its names it has: the one that Solr would read where there are several. */
  public Optional<ConfigFile> schema() {
    return SCHEMAS.stream().flatMap(name -> file(name).stream()).findFirst();
  }

  public Optional<ConfigFile> solrconfig() {
    return file(SOLRCONFIG);
  }

  static boolean isSchema(String path) {
    return SCHEMAS.contains(path);
  }

  /** Where a file is in the repository. */
  public String placeOf(ConfigFile file) {
    return folder + "/" + file.path();
  }
}
