package dev.offshoot.provisioner.store;

import java.time.Instant;
import java.util.Optional;

import dev.offshoot.config.FlywayConfig;
import dev.offshoot.config.ProductionConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.StagingConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;

/**
 * What a snapshot is taken of: a repository's Staging, or its Production.
 *
 * @param environment the static environment's name, which the names of its snapshots hold
 * @param stores where it is, and how it is read
 * @param history how Flyway keeps its history, which is run again from nothing (decisions 0041 and 0046)
 */
public record Original(RepositoryKey repository, EnvironmentId environment, StagingConfig stores, FlywayConfig history) {

  public static Original staging(RepositoryConfig repository) {
    return new Original(repository.key(), EnvironmentId.staging(repository.key()), repository.staging(), repository.flyway());
  }

  /** Empty where none is configured. */
  public static Optional<Original> production(RepositoryConfig repository) {
    return repository.production().map(ProductionConfig::stores)
        .map(stores -> new Original(repository.key(), EnvironmentId.production(repository.key()), stores, repository.flyway()));
  }

  /** What configures it, for people: {@code repositories.shop.staging}, or {@code repositories.shop.production}. */
  public String key() {
    return "repositories." + repository + (environment.equals(EnvironmentId.production(repository)) ? ".production" : ".staging");
  }

  /** The name of what an epoch keeps of it. */
  public ResourceName name(EpochId epoch) {
    return ResourceName.of(repository, environment, epoch);
  }

  /** The name of an epoch's schema without its rows. */
  public ResourceName reference(EpochId epoch) {
    return ResourceName.reference(repository, environment, epoch);
  }

  /** The name of where an epoch's history is run again. */
  public ResourceName replay(EpochId epoch) {
    return ResourceName.replay(repository, environment, epoch);
  }

  /** What the names of all its snapshots begin with, and no other's. */
  public String prefix() {
    String any = name(EpochId.at(Instant.EPOCH)).value();
    return any.substring(0, any.lastIndexOf('_') + 1);
  }
}
