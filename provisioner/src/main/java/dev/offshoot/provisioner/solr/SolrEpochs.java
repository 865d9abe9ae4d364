package dev.offshoot.provisioner.solr;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.environment.StoreSnapshot.Taking;
import dev.offshoot.environment.StoreSnapshot.Way;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.solr.Cores.Core;
import dev.offshoot.provisioner.store.EpochSource;
import dev.offshoot.worker.Failure;

/** An epoch is a backup of Staging's core, as of its last commit. */
public final class SolrEpochs implements EpochSource, AutoCloseable {
  private final Namespaces namespaces;
  private final Clock clock;

  public SolrEpochs(SolrConfig config, Clock clock) {
    this.namespaces = Namespaces.of(config);
    this.clock = clock;
  }

  @Override
  public StoreKind kind() {
    return StoreKind.SOLR;
  }

  @Override
  public boolean holds(StoreSnapshot part) {
    return namespaces.mayHold(part.name());
  }

  @Override
  public Optional<StoreSnapshot> find(RepositoryConfig repository, EpochId epoch) {
    return repository.staging().core()
        .map(_ -> new StoreSnapshot(StoreKind.SOLR, ResourceName.of(repository.key(), epoch).value(), epoch.takenAt(), 0))
        .filter(this::holds);
  }

  /** The server keeps no list of its backups. */
  @Override
  public List<EpochId> list(RepositoryConfig repository) {
    return List.of();
  }

  @Override
  public Optional<StoreSnapshot> snapshot(RepositoryConfig repository, EpochId epoch) {
    return repository.staging().core().map(name -> {
      Core core = namespaces.find(name).orElseThrow(() -> new Failure(Failure.Kind.INVALID, "There is no core " + name
          + " to take a snapshot of; create it or correct staging.core of the repository"));
      Instant cutAt = clock.instant();
      String backup = ResourceName.of(repository.key(), epoch).value();
      FaultPoint.at("solr.epoch.before");
      namespaces.backUp(core.name(), backup);
      FaultPoint.at("solr.epoch.after");
      return new StoreSnapshot(StoreKind.SOLR, backup, cutAt, core.bytes())
          .taken(new Taking(Way.BACKUP, List.of(), Optional.empty()));
    });
  }

  @Override
  public void retire(RepositoryConfig repository, EpochId epoch) {
    repository.staging().core().filter(name -> namespaces.find(name).isPresent()).ifPresent(_ -> {
      FaultPoint.at("solr.epoch.retire.before");
      namespaces.removeBackup(ResourceName.of(repository.key(), epoch).value());
      FaultPoint.at("solr.epoch.retire.after");
    });
  }

  @Override
  public void close() {
    namespaces.close();
  }
}
