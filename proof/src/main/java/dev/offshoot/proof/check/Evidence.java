package dev.offshoot.proof.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.offshoot.proof.check.Expectation.Branch;

/** What was found, as plain data. */
record Evidence(History history, Postgres postgres, Files files, Git git, List<Leak> leaks) {

  /**
   * The database server.
   *
   * @param applied by database
   * @param unmasked the databases whose files hold a value of Staging's that must be masked
   * @param poolFilled whether somebody has a lock under which slots of a pool are made and thrown away
   */
  record Postgres(
      List<Database> databases, List<Role> roles, Map<String, List<Applied>> applied, Set<String> unmasked, boolean poolFilled) {
    Optional<Database> database(String name) {
      return databases.stream().filter(database -> database.name().equals(name)).findFirst();
    }
  }

  /**
   * A database.
   *
   * @param comment a missing node where it is not JSON
   * @param lets the roles, but superusers, that may connect to it
   */
  record Database(String name, JsonNode comment, Set<String> lets) {
    Database(String name, JsonNode comment) {
      this(name, comment, Set.of());
    }
  }

  record Role(String name, boolean mayLogIn) {}

  /** A row of the schema history. */
  record Applied(String script, boolean success, long checksum) {}

  /**
   * What the other stores keep in folders.
   *
   * @param cores of Solr, by name; the value is the last part of its folder's path, or where that is of the pool, the remark that an
   *     environment left on it
   * @param solrBackups by name
   * @param unmasked the cores with a document that holds a value of Staging's that must be masked
   * @param blobs by key
   */
  record Files(Map<String, String> cores, Set<String> unmasked, Set<String> solrBackups, Redis redis, Set<String> blobs) {}

  /**
   * Folders and processes.
   *
   * @param folders by name; the value is the owner tag, a missing node where there is none
   * @param kept by name; the value is the dump's SHA-256, empty where there is no dump
   * @param processes the working folders of the servers that run, as the kernel says; a deleted one ends with {@code (deleted)}
   */
  record Redis(Map<String, JsonNode> folders, Map<String, String> kept, List<String> processes) {}

  /**
   * The git host's repositories.
   *
   * @param tips of all branches but the default ones
   * @param migrations checksums by script, of each commit that an environment is said to be at
   */
  record Git(Map<Branch, String> tips, Map<Tree, Map<String, Long>> migrations) {}

  /** A commit of a repository. */
  record Tree(String repository, String commit) {}

  /** A credential where it must not be. */
  record Leak(String what, String where) {}
}
