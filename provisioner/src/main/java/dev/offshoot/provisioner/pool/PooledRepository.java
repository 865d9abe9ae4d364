package dev.offshoot.provisioner.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.offshoot.config.PoolSize;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.store.EpochSource;
import dev.offshoot.provisioner.store.Original;

/** One repository's part of the pool: slots of its newest snapshot. Used by one thread, which may change the slots. */
final class PooledRepository {
  private static final Duration LONGEST_GIVING_WAY = Duration.ofSeconds(5);

  private final RepositoryConfig repository;
  private final PoolSize bounds;
  private final PoolDemand demand;
  private final String prefix;
  private Optional<EpochId> epoch = Optional.empty();
  private Optional<StoreSnapshot> newest = Optional.empty();

  PooledRepository(RepositoryConfig repository, PoolSize bounds) {
    this.repository = repository;
    this.bounds = bounds;
    this.demand = new PoolDemand(bounds);
    this.prefix = Original.staging(repository).prefix();
  }

  /** A store's part of the newest epoch may come later than the epoch itself. */
  void look(PoolSession session, EpochSource epochs) {
    Optional<EpochId> now = session.newest(repository);
    if (!now.equals(epoch) || newest.isEmpty()) {
      epoch = now;
      newest = now.flatMap(id -> epochs.find(repository, id));
      demand.startsAnew();
    }
  }

  boolean isOf(String snapshot) {
    return snapshot.startsWith(prefix);
  }

  /** Of this repository, but not of its newest snapshot, or more than there may be. */
  boolean isUseless(Slot slot) {
    boolean old = newest.filter(snapshot -> !slot.snapshot().equals(snapshot.name())).isPresent();
    return isOf(slot.snapshot()) && (old || slot.number() > bounds.max());
  }

  /** Makes slots until there are enough. @return how many stand ready */
  int fill(PoolSession session, Refill.Around around, BooleanSupplier goesOn) throws InterruptedException {
    if (newest.isEmpty()) {
      return 0;
    }
    StoreSnapshot snapshot = newest.get();
    while (true) {
      List<Slot> ready = session.slots().stream().filter(slot -> slot.snapshot().equals(snapshot.name())).toList();
      Instant now = around.clock().instant();
      demand.seen(ready.stream().map(Slot::identity).toList(), around.counts().takeMissed(snapshot.name()), now);
      Optional<String> free = free(snapshot, ready);
      if (!goesOn.getAsBoolean() || ready.size() >= demand.target(now) || free.isEmpty()) {
        return ready.size();
      }
      long began = System.nanoTime();
      session.make(snapshot, free.get());
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      around.counts().giveWay(took.compareTo(LONGEST_GIVING_WAY) < 0 ? took : LONGEST_GIVING_WAY);
    }
  }

  private Optional<String> free(StoreSnapshot snapshot, List<Slot> ready) {
    Set<String> names = ready.stream().map(Slot::name).collect(Collectors.toSet());
    return IntStream.rangeClosed(1, bounds.max()).mapToObj(number -> Slot.name(snapshot.name(), number))
        .filter(name -> !names.contains(name)).findFirst();
  }
}
