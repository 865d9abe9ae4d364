package dev.offshoot.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code staging:} the shared stores that epochs are taken from.
 *
 * @param database a database on {@code stores.postgres}, or on a server of its own
 * @param core a core on {@code stores.solr}; empty where the repository has no search index
 * @param configSet the folder in the repository that the core's config set is in; empty where branches cannot change it
 */
public record StagingConfig(String database, Optional<String> core, Snapshots snapshots, Optional<String> configSet) {
  public StagingConfig(String database, Optional<String> core, Snapshots snapshots) {
    this(database, core, snapshots, Optional.empty());
  }

  public StagingConfig(String database, Optional<String> core) {
    this(database, core, Snapshots.PLAIN);
  }

  public StagingConfig with(Snapshots other) {
    return new StagingConfig(database, core, other, configSet);
  }

  public StagingConfig withConfigSet(String folder) {
    return new StagingConfig(database, core, snapshots, Optional.of(folder));
  }

  /**
   * How an epoch is made of it.
   *
   * @param server where its database is; empty for {@code stores.postgres}
   * @param seed a folder of .sql files that are run in an epoch before it is masked
   * @param masking the file that says what becomes of each column and field; empty where everything may be seen
   */
  public record Snapshots(Optional<StagingServer> server, Way way, Optional<Path> seed, Optional<Path> masking) {
    /** A copy as it is. */
    public static final Snapshots PLAIN = new Snapshots(Optional.empty(), Way.AUTO, Optional.empty(), Optional.empty());
  }

  /** {@code staging.snapshot:} how its database is read. */
  public enum Way {
    /** A copy where the server can make one, else a dump. */
    AUTO,
    /** {@code CREATE DATABASE … TEMPLATE}: the fastest; not while anybody is connected. */
    COPY,
    /** {@code pg_dump} and {@code pg_restore}: from any server, also in use. */
    DUMP
  }
}
