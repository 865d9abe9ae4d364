package dev.offshoot.provisioner.store;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.BackupReceipt;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.RestoreDrill;
import dev.offshoot.environment.StoreCoordinates;
import dev.offshoot.environment.StoreKind;

/**
 * One kind of store, on one server or many. Calls for different owners may run at the same time; of two calls for the
 * same owner one may end with a transient {@link dev.offshoot.worker.Failure}, and calling again then brings what both
 * wanted.
 *
 * <p>A call may take long: a cloud restores for twenty minutes. Its caller may be interrupted or killed meanwhile, or hear
 * of a failure although the effect was had. So a verb takes up on the server what an earlier call has begun there, or
 * throws it away, and never counts on having been told of it; an interrupt ends a call with Failure UNAVAILABLE soon, and
 * leaves something unfinished at most. Names are deterministic, and an operation that the server carries out by itself is
 * given an id made of the name, so that it is begun once.
 *
 * <p>Failures are classified where they happen: DENIED is not tried again, what is away (UNAVAILABLE), has too much to do
 * (BUSY) or no room (EXHAUSTED) is.
 */
public interface Store {

  StoreKind kind();

  /**
   * The finished resource of this owner, whatever intent made it.
   *
   * <p>Law: never one that is half-made, or kept. Asks by name for what is there now: where a server's listings are late,
   * this does not go by them.
   */
  Optional<Standing> find(Owner owner);

  /**
   * Brings the resource about: made from the blueprint's snapshot, reachable with the derived password, by nobody
   * else's.
   *
   * <p>Law: idempotent. Under its name stands a finished resource or none: what an earlier call that was killed has
   * left is thrown away or carried on with. A resource of the same name with another tag is never adopted: Failure
   * INVALID. Nor is what was kept made again: who comes so late wants what has been destroyed, and would be in the way
   * of every later destroy.
   */
  StoreCoordinates ensure(Blueprint blueprint);

  /**
   * The same call, for who also wants to know how the copy came about and was checked. Law: asked again it tells the same, for as long as
   * the resource stands.
   */
  default Ensured ensured(Blueprint blueprint) {
    return new Ensured(ensure(blueprint), Optional.empty());
  }

  /**
   * What stands.
   *
   * @param drill empty from a store that compares no copies
   */
  record Ensured(StoreCoordinates coordinates, Optional<RestoreDrill> drill) {}

  /**
   * Closes the resource to its environment for good, keeps what is in it, and proves that what is kept is what was
   * there.
   *
   * <p>Law: no receipt without the proof. Called again, also after having been killed, it answers the same receipt for
   * as long as the resource was not deleted.
   *
   * @return empty when there is no finished resource
   */
  Optional<BackupReceipt> snapshot(Owner owner);

  /**
   * Removes everything of the owner but what was kept.
   *
   * <p>Law: idempotent; refused (Failure INVALID) when the removal's receipt does not hold, or the resource is tagged
   * as somebody else's.
   */
  void delete(Owner owner, Removal removal);

  /**
   * What {@link #delete} would refuse, it refuses; nothing changes. So the backups of all stores can be looked at before the first of
   * them removes anything.
   *
   * <p>Law: looks at the backup itself, as far as delete does.
   */
  void check(Owner owner, Removal removal);

  /**
   * Each incarnation of an environment that the store holds something of, once.
   *
   * <p>Law: nothing half-made is left out. Where the server's listings are eventually consistent, what was made or removed
   * in the last minutes may be missing or shown still: so this is for finding what nobody remembers. Whether a known
   * incarnation stands is asked of {@link #find}, a removal of what is gone already succeeds, and no incarnation's number
   * is chosen by a listing alone.
   */
  List<Found> list(RepositoryKey repository, EnvironmentId environment);
}
