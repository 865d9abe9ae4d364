package dev.offshoot.config;

import java.nio.file.Path;

/**
 * {@code stores.solr:} a standalone Solr 9.
 *
 * @param url its base, for example {@code http://127.0.0.1:8983/solr}
 * @param backups a folder that the server may write to ({@code solr.allowPaths}); the path as the server sees it
 */
public record SolrConfig(String url, Path backups) {}
