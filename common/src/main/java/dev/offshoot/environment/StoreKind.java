package dev.offshoot.environment;

/** The kinds of store an environment has. */
public enum StoreKind {
  POSTGRES,
  SOLR,
  REDIS
}
