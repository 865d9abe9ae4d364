package dev.offshoot.provisioner.pool;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import dev.offshoot.config.PoolSize;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.provisioner.store.EpochSource;

/**
 * Brings a store's slots to what they should be: throws away what killed makers have left and what is of no use any more, then
 * makes slots one after another. Slots of repositories that are not configured here belong to somebody else for as long as
 * their snapshot is there.
 */
public final class Refill {
  private final EpochSource epochs;
  private final List<PooledRepository> repositories;
  private final Around around;
  private final AtomicInteger ready = new AtomicInteger();

  public Refill(PoolSize size, EpochSource epochs, Collection<RepositoryConfig> repositories, ClaimCounts counts, Clock clock) {
    this.epochs = epochs;
    this.repositories = repositories.stream().map(repository -> new PooledRepository(repository, size)).toList();
    this.around = new Around(counts, clock);
  }

  /** What the making of slots looks at beside the store. */
  record Around(ClaimCounts counts, Clock clock) {}

  /**
   * One round.
   *
   * @param goesOn asked before each slot
   */
  public void fill(PoolSession session, BooleanSupplier goesOn) throws InterruptedException {
    repositories.forEach(repository -> repository.look(session, epochs));
    session.tidy(snapshot -> repositories.stream().anyMatch(repository -> repository.isOf(snapshot)));
    for (Slot slot : session.slots()) {
      if (repositories.stream().anyMatch(repository -> repository.isUseless(slot))) {
        session.drop(slot);
      }
    }
    int standing = 0;
    for (PooledRepository repository : repositories) {
      standing += repository.fill(session, around, goesOn);
    }
    ready.set(standing);
  }

  /** How many stood ready at the end of the last round of this process. */
  AtomicInteger ready() {
    return ready;
  }
}
