package dev.offshoot.config;

import java.time.Duration;

/**
 * {@code stores:} the servers that hold the environments.
 *
 * @param epochRetention how long an epoch stays that is neither the newest nor what an environment is made from
 * @param backupRetention how long backups of what was removed are kept; zero for ever
 */
public record StoresConfig(
    PostgresConfig postgres, SolrConfig solr, RedisConfig redis, Duration epochRetention, Duration backupRetention) {
  public static final Duration DEFAULT_BACKUP_RETENTION = Duration.ofDays(7);
  public static final Duration DEFAULT_EPOCH_RETENTION = Duration.ofDays(1);

  public StoresConfig(PostgresConfig postgres, SolrConfig solr, RedisConfig redis) {
    this(postgres, solr, redis, DEFAULT_EPOCH_RETENTION, DEFAULT_BACKUP_RETENTION);
  }
}
