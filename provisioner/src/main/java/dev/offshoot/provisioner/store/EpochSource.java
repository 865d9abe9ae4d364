package dev.offshoot.provisioner.store;

import java.util.List;
import java.util.Optional;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;

/** A store that environments start from a copy of. */
public interface EpochSource {

  StoreKind kind();

  /**
   * Takes the store's part of an epoch from the original.
   *
   * <p>Law: idempotent on the epoch's id; a snapshot can be cloned only once it is complete, and never changes after.
   * Failure BUSY while the original is in use in a way that forbids copying it.
   *
   * @return empty when the original has no such store
   */
  Optional<StoreSnapshot> snapshot(Original original, EpochId epoch);

  /** The same of Staging. */
  default Optional<StoreSnapshot> snapshot(RepositoryConfig repository, EpochId epoch) {
    return snapshot(Original.staging(repository), epoch);
  }

  /**
   * Whether this store's part of an epoch is still there to be cloned: a server may have come back without it.
   *
   * <p>Law: looks at the world; true only where nothing but an attempt could tell.
   */
  boolean holds(StoreSnapshot part);

  /**
   * The store's part of an epoch of this original, as far as it can be told; empty when it is not there, or the
   * original has no such store.
   */
  Optional<StoreSnapshot> find(Original original, EpochId epoch);

  /** The same of Staging. */
  default Optional<StoreSnapshot> find(RepositoryConfig repository, EpochId epoch) {
    return find(Original.staging(repository), epoch);
  }

  /** The epochs of an original that the store knows of by itself. Law: none that is half-made; some may be missing. */
  List<EpochId> list(Original original);

  /** The same of Staging. */
  default List<EpochId> list(RepositoryConfig repository) {
    return list(Original.staging(repository));
  }

  /**
   * Removes the store's part of an epoch, whole or half-made.
   *
   * <p>Law: idempotent; nothing happens where there is none. Refused (Failure INVALID) when what stands under its name is not ours.
   * The caller has made sure that nobody is given the epoch any more.
   */
  void retire(Original original, EpochId epoch);

  /** The same of Staging. */
  default void retire(RepositoryConfig repository, EpochId epoch) {
    retire(Original.staging(repository), epoch);
  }
}
