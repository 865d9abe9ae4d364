package dev.offshoot.environment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot of all stores of a static environment, taken together.
 *
 * @param unusedSince when it was first seen to be neither the newest nor what any environment is made from; empty while it is one of them
 */
public record Epoch(EpochId id, Instant takenAt, List<StoreSnapshot> stores, Optional<Instant> unusedSince) {
  public Epoch {
    stores = List.copyOf(stores);
  }

  public Epoch(EpochId id, Instant takenAt, List<StoreSnapshot> stores) {
    this(id, takenAt, stores, Optional.empty());
  }

  public Epoch unused(Optional<Instant> since) {
    return new Epoch(id, takenAt, stores, since);
  }

  public Optional<StoreSnapshot> of(StoreKind kind) {
    return stores.stream().filter(s -> s.kind() == kind).findFirst();
  }
}
