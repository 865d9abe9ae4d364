package dev.offshoot.provisioner.solr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.offshoot.config.PoolSize;
import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.config.SolrConfig;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.StoreKind;
import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.provisioner.pool.PoolLock;
import dev.offshoot.provisioner.pool.PoolSession;
import dev.offshoot.provisioner.pool.PoolStore;
import dev.offshoot.provisioner.pool.Slot;
import dev.offshoot.provisioner.solr.Cores.Core;
import dev.offshoot.worker.Failure;

/** Cores that stand ready. Solr has no locks, so one is given; a SolrCloud keeps none ready. */
public final class SolrPool implements PoolStore {
  private static final Duration CLAIMED_LONG_AGO = Duration.ofMinutes(1);

  private final SolrConfig config;
  private final PoolLock lock;
  private final Function<RepositoryConfig, Optional<EpochId>> newest;
  private final Clock clock;
  private final Namespaces namespaces;
  private final SolrSlots slots;
  /** When a slot, by its identity, was first seen to be marked. */
  private final Map<String, Instant> marked = new HashMap<>();

  /** @param newest the epoch that a repository's environments are made from */
  public SolrPool(SolrConfig config, PoolLock lock, Function<RepositoryConfig, Optional<EpochId>> newest, Clock clock) {
    this.config = config;
    this.lock = lock;
    this.newest = newest;
    this.clock = clock;
    this.namespaces = Namespaces.of(config);
    this.slots = new SolrSlots(namespaces);
  }

  @Override
  public StoreKind kind() {
    return StoreKind.SOLR;
  }

  @Override
  public PoolSize size() {
    return switch (config.mode()) {
      case STANDALONE -> config.pool();
      case CLOUD -> PoolSize.NONE;
    };
  }

  @Override
  public Optional<PoolSession> open() {
    return lock.take().map(held -> {
      FaultPoint.at("solr.pool.round.before");
      return new Filling(held);
    });
  }

  /** What waits for Solr ends when its thread is interrupted. */
  @Override
  public void abort() {}

  @Override
  public void close() {
    namespaces.close();
  }

  private final class Filling implements PoolSession {
    private final PoolLock.Held held;

    Filling(PoolLock.Held held) {
      this.held = held;
    }

    @Override
    public Optional<EpochId> newest(RepositoryConfig repository) {
      return newest.apply(repository);
    }

    @Override
    public void tidy(Predicate<String> ours) {
      for (Core core : namespaces.list()) {
        SolrNames.pooled(core).filter(ours)
            .filter(snapshot -> core.name().startsWith(Slot.unfinished(Slot.start(snapshot))))
            .ifPresent(_ -> namespaces.remove(core.name()));
      }
      List<Slot> standing = slots.all();
      standing.stream().filter(slot -> ours.test(slot.snapshot())).forEach(slot -> {
        if (!namespaces.mayHold(slot.snapshot())) {
          slots.drop(slot);
        } else if (isLeft(slot)) {
          slots.remove(slot);
        }
      });
      marked.keySet().retainAll(standing.stream().map(Slot::identity).collect(Collectors.toSet()));
    }

    /** Of who has marked it and not renamed it there is nothing left. */
    private boolean isLeft(Slot slot) {
      if (!slots.isMarked(slot)) {
        marked.remove(slot.identity());
        return false;
      }
      Instant now = clock.instant();
      return !marked.computeIfAbsent(slot.identity(), _ -> now).plus(CLAIMED_LONG_AGO).isAfter(now);
    }

    @Override
    public List<Slot> slots() {
      return slots.all();
    }

    @Override
    public void make(StoreSnapshot from, String slot) {
      String unfinished = Slot.unfinished(slot);
      String folder = SolrNames.slotFolder(from.name(), clock.instant());
      // a server that was just started may be loading one of this name: that is a failure for now
      namespaces.remove(slot);
      FaultPoint.at("solr.pool.make.before");
      namespaces.create(unfinished, folder, from.name());
      FaultPoint.at("solr.pool.publish.before");
      if (namespaces.find(unfinished).filter(core -> core.directory().equals(folder)).isEmpty()) {
        throw new Failure(Failure.Kind.UNAVAILABLE, "The core " + unfinished + " is another's meanwhile");
      }
      namespaces.rename(unfinished, slot);
      FaultPoint.at("solr.pool.publish.after");
    }

    @Override
    public void drop(Slot slot) {
      slots.drop(slot);
    }

    @Override
    public void close() {
      FaultPoint.at("solr.pool.round.after");
      held.close();
    }
  }
}
