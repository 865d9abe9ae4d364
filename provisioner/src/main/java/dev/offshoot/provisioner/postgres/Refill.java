package dev.offshoot.provisioner.postgres;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.store.EpochSource;

/**
 * Brings the pool to what it should be: throws away what killed makers have left and what is of no use any more, then
 * makes slots one after another.
 *
 * <p>Law: who changes the pool holds the pool's lock on the server, in the session that does it. So half-made slots
 * are a dead process's, and several provisioners on one server make no more than is wanted. Slots of repositories that
 * are not configured here belong to somebody else for as long as their template stands.
 */
final class Refill {
  private static final String LOCK = "offshoot pool";

  private final SlotMaking making;
  private final EpochSource epochs;
  private final List<PooledRepository> repositories;
  private final Around around;
  private final AtomicInteger ready = new AtomicInteger();

  Refill(PostgresConfig server, EpochSource epochs, Collection<RepositoryConfig> repositories, Around around) {
    this.making = new SlotMaking(server);
    this.epochs = epochs;
    this.repositories = repositories.stream()
        .map(repository -> new PooledRepository(repository, server.cloning().pool())).toList();
    this.around = around;
  }

  /** What the making of slots looks at beside the server. */
  record Around(ClaimCounts counts, Clock clock) {}

  /**
   * One round.
   *
   * @param goesOn asked before each slot
   * @return whether it was done; not when another session does it now
   */
  boolean round(AdminSession session, BooleanSupplier goesOn) throws InterruptedException {
    boolean mine = session.lockUnlessBusy(LOCK);
    if (mine) {
      try {
        fill(session, goesOn);
      } finally {
        session.unlock(LOCK);
      }
    }
    return mine;
  }

  private void fill(AdminSession session, BooleanSupplier goesOn) throws InterruptedException {
    FaultPoint.at("postgres.pool.round.before");
    repositories.forEach(repository -> repository.look(session, epochs));
    Slots.dropUnfinished(session);
    Slots.drop(session, slot -> repositories.stream().anyMatch(repository -> repository.isUseless(slot))
        || !Databases.exists(session, slot.template()));
    int standing = 0;
    for (PooledRepository repository : repositories) {
      standing += repository.fill(session, making, around, goesOn);
    }
    ready.set(standing);
    FaultPoint.at("postgres.pool.round.after");
  }

  /** How many stood ready at the end of the last round of this process. */
  AtomicInteger ready() {
    return ready;
  }
}
