package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.git.GitRepository;
import dev.offshoot.provisioner.store.Store;
import dev.offshoot.worker.Worker;

/** The provisioner as it is, around a repository and stores that are a model's. */
public final class ModelledProvisioner {
  private static final Duration IDLE_AFTER = Duration.ofDays(3);

  private ModelledProvisioner() {
  }

  /** A worker that reads the ref on the thread it is called on, so that its course is decided by its answers alone. */
  public static Worker of(RepositoryConfig repository, GitRepository git, List<Store> stores, Clock clock) {
    return new ProvisionerWorker(
        new ProvisionerWorker.Rules(Map.of(repository.key(), repository), IDLE_AFTER),
        new Tips(any -> git, Runnable::run), new EnvironmentStores(stores, List.of()), "k1", clock);
  }
}
