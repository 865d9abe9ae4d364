package dev.offshoot.provisioner.pool;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.StoreSnapshot;

/** Changes the slots of one store; the only one that does. Environments may take slots at any moment. */
public interface PoolSession extends AutoCloseable {

  /** The newest epoch of a repository. Law: all provisioners see the same one. */
  Optional<EpochId> newest(RepositoryConfig repository);

  /**
   * Throws away what killed makers have left, and slots of snapshots that are gone.
   *
   * @param ours whether a snapshot, by its name, is of a repository that is configured here
   */
  void tidy(Predicate<String> ours);

  /** Those that stand, of all snapshots, by their names. */
  List<Slot> slots();

  /**
   * Makes one under another name, and publishes it by a rename once it is whole. What has its name and is no slot goes.
   *
   * @throws dev.offshoot.worker.Failure EXHAUSTED when there is no room for it
   */
  void make(StoreSnapshot from, String slot);

  /** Throws one away, unless an environment takes it now. */
  void drop(Slot slot);

  @Override
  void close();
}
