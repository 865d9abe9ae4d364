package dev.offshoot.migrator.search;

import java.util.Optional;

import dev.offshoot.search.ContainedConfig;

/** The configuration of one namespace of a Solr. */
interface NamespaceConfig extends AutoCloseable {
  /**
   * Brings a namespace to a configuration.
   *
   * <p>Law: done again, or by another after it was killed anywhere, the namespace has the configuration that was asked for last. One that Solr
   * does not take leaves the namespace serving with the one before.
   *
   * @param namespace as applications call it
   * @param wanted an empty one stands for Staging's
   * @param staging what applications of Staging call its own
   * @return what Solr said against it; empty when the namespace has it
   * @throws dev.offshoot.worker.Failure where the server cannot be reached, or the namespace cannot have a configuration of its own
   */
  Optional<String> bring(String namespace, ContainedConfig wanted, String staging);

  @Override
  void close();
}
