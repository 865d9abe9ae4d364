package dev.offshoot.config;

import java.util.Optional;

/**
 * {@code staging:} the shared stores that epochs are taken from.
 *
 * @param database a database on {@code stores.postgres}
 * @param core a core on {@code stores.solr}; empty where the repository has no search index
 */
public record StagingConfig(String database, Optional<String> core) {}
