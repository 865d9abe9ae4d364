package dev.offshoot.provisioner;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.provisioner.store.Blueprint;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.Removal;
import dev.offshoot.provisioner.store.Standing;
import dev.offshoot.provisioner.store.Store;

/** A real store, of which a test makes one thing wrong. */
class FaultyStore implements Store {
  private final Store real;

  FaultyStore(Store real) {
    this.real = real;
  }

  @Override
  public StoreKind kind() {
    return real.kind();
  }

  @Override
  public Optional<Standing> find(Owner owner) {
    return real.find(owner);
  }

  @Override
  public StoreCoordinates ensure(Blueprint blueprint) {
    return real.ensure(blueprint);
  }

  @Override
  public Optional<BackupReceipt> snapshot(Owner owner) {
    return real.snapshot(owner);
  }

  @Override
  public void delete(Owner owner, Removal removal) {
    real.delete(owner, removal);
  }

  @Override
  public List<Found> list(RepositoryKey repository, EnvironmentId environment) {
    return real.list(repository, environment);
  }
}
