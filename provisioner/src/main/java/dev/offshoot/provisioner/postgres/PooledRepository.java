package dev.offshoot.provisioner.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.offshoot.config.PostgresCloning.Pool;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.provisioner.store.EpochSource;

/** One repository's part of the pool: slots of its newest template. Used by one thread, which has the pool's lock. */
final class PooledRepository {
  private static final Duration LONGEST_GIVING_WAY = Duration.ofSeconds(5);

  private final RepositoryConfig repository;
  private final Pool bounds;
  private final PoolDemand demand;
  private final String prefix;
  private Optional<StoreSnapshot> newest = Optional.empty();

  PooledRepository(RepositoryConfig repository, Pool bounds) {
    this.repository = repository;
    this.bounds = bounds;
    this.demand = new PoolDemand(bounds);
    String any = ResourceName.of(repository.key(), EpochId.at(Instant.EPOCH)).value();
    this.prefix = any.substring(0, any.lastIndexOf('_') + 1);
  }

  /** Looks for the newest template on the server, which all provisioners see alike. */
  void look(AdminSession session, EpochSource epochs) {
    Optional<String> name = session.first("""
        SELECT max(datname::text COLLATE "C") FROM pg_database
        WHERE datistemplate AND starts_with(datname, ?) AND substr(datname, length(?) + 1) ~ '^e[0-9]{15}$'""",
        row -> Optional.ofNullable(row.getString(1)), prefix, prefix).flatMap(found -> found);
    if (!newest.map(StoreSnapshot::name).equals(name)) {
      newest = name.flatMap(found -> epochs.find(repository, new EpochId(found.substring(prefix.length()))));
      demand.startsAnew();
    }
  }

  /** Of this repository, but not of its newest template, or more than there may be. */
  boolean isUseless(Slots.Slot slot) {
    boolean ours = slot.template().startsWith(prefix);
    boolean current = newest.map(StoreSnapshot::name).filter(slot.template()::equals).isPresent();
    int number = Integer.parseInt(slot.name().substring(slot.name().lastIndexOf('_') + 1));
    return ours && (!current || number > bounds.max());
  }

  /** Makes slots until there are enough. @return how many stand ready */
  int fill(AdminSession session, SlotMaking making, Refill.Around around, BooleanSupplier goesOn) throws InterruptedException {
    if (newest.isEmpty()) {
      return 0;
    }
    StoreSnapshot template = newest.get();
    while (true) {
      List<Slots.Slot> ready = Slots.of(session, template.name());
      Instant now = around.clock().instant();
      demand.seen(ready.stream().map(Slots.Slot::oid).toList(), around.counts().takeMissed(template.name()), now);
      Optional<String> free = free(template, ready);
      if (!goesOn.getAsBoolean() || ready.size() >= demand.target(now) || free.isEmpty()) {
        return ready.size();
      }
      long began = System.nanoTime();
      making.make(session, template, free.get());
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      around.counts().giveWay(took.compareTo(LONGEST_GIVING_WAY) < 0 ? took : LONGEST_GIVING_WAY);
    }
  }

  private Optional<String> free(StoreSnapshot template, List<Slots.Slot> ready) {
    Set<String> names = ready.stream().map(Slots.Slot::name).collect(Collectors.toSet());
    return IntStream.rangeClosed(1, bounds.max()).mapToObj(number -> Names.slot(template.name(), number))
        .filter(name -> !names.contains(name)).findFirst();
  }
}
