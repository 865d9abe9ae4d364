package dev.offshoot.config;

/** {@code stores:} the servers that hold the environments. */
public record StoresConfig(PostgresConfig postgres, SolrConfig solr, RedisConfig redis) {}
