package dev.offshoot.proof.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the evidence is.
 *
 * @param kafka its bootstrap servers
 * @param repositories by their key in the configuration
 */
public record World(String kafka, Stores stores, Folders folders, Secrets secrets, Map<String, Repository> repositories) {
  public World {
    repositories = Map.copyOf(repositories);
  }

  /**
   * The stores' servers.
   *
   * @param postgres a JDBC URL that ends with the slash before the database's name
   * @param user an administrator
   * @param solr its base, ending with {@code /solr}
   * @param redis the server that all environments share; without one each has its own
   */
  public record Stores(String postgres, String user, String password, String solr, Optional<SharedRedis> redis) {
    public Stores(String postgres, String user, String password, String solr) {
      this(postgres, user, password, solr, Optional.empty());
    }

    public Stores withRedis(SharedRedis shared) {
      return new Stores(postgres, user, password, solr, Optional.of(shared));
    }

    @Override
    public String toString() {
      return "Stores[" + postgres + ", " + solr + "]";
    }
  }

  /** A Redis on this machine, with its administrator's password. */
  public record SharedRedis(int port, String password) {
    @Override
    public String toString() {
      return "SharedRedis[" + port + "]";
    }
  }

  /**
   * What lies in folders.
   *
   * @param redis where each environment's server keeps its data
   * @param logs of all workers and servers
   */
  public record Folders(Path solrBackups, Path redis, Path blobs, Path logs) {}

  /**
   * What must not be seen anywhere.
   *
   * @param masterKey what the environments' passwords are derived from
   * @param others the secrets of the configuration
   * @param canary what each value of Staging's that must be masked begins with; empty where nothing must
   */
  public record Secrets(String masterKey, List<String> others, Optional<String> canary) {
    public Secrets {
      others = List.copyOf(others);
    }

    public Secrets(String masterKey, List<String> others) {
      this(masterKey, others, Optional.empty());
    }

    @Override
    public String toString() {
      return "Secrets[" + others.size() + " others]";
    }
  }

  /**
   * A repository as the git host has it.
   *
   * @param bare its folder
   * @param migrations the folder of the migrations in it
   */
  public record Repository(Path bare, String defaultBranch, String migrations) {}
}
