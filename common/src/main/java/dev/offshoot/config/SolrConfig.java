package dev.offshoot.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code stores.solr:} a Solr 9.
 *
 * @param url its base, for example {@code http://127.0.0.1:8983/solr}
 * @param backups a folder that the server may write to ({@code solr.allowPaths}), every node the same one; the path as the
 *     server sees it
 * @param login of an administrator, where the server asks for one
 * @param pool cores that stand ready; a SolrCloud keeps none
 * @param configSets the folder of a standalone server's config sets, as the provisioner and the migrator see it; empty where they do not, and
 *     all cores share one
 */
public record SolrConfig(String url, Path backups, Mode mode, Optional<Login> login, PoolSize pool, Optional<Path> configSets) {

  /** What its search indexes are. */
  public enum Mode {
    /** Cores of one server. */
    STANDALONE,
    /** Collections of a SolrCloud. */
    CLOUD
  }

  /** By HTTP's basic authentication. */
  public record Login(String user, Secret password) {}

  /** Whose cores share one config set. */
  public SolrConfig(String url, Path backups, Mode mode, Optional<Login> login, PoolSize pool) {
    this(url, backups, mode, login, pool, Optional.empty());
  }

  public SolrConfig with(Path seenConfigSets) {
    return new SolrConfig(url, backups, mode, login, pool, Optional.of(seenConfigSets));
  }

  /** With a pool of the usual size. */
  public SolrConfig(String url, Path backups, Mode mode, Optional<Login> login) {
    this(url, backups, mode, login, PoolSize.DEFAULT);
  }

  /** One server, which asks nobody who he is. */
  public SolrConfig(String url, Path backups) {
    this(url, backups, Mode.STANDALONE, Optional.empty());
  }
}
