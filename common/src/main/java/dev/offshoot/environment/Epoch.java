package dev.offshoot.environment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A snapshot of all stores of a static environment, taken together. */
public record Epoch(EpochId id, Instant takenAt, List<StoreSnapshot> stores) {
  public Epoch {
    stores = List.copyOf(stores);
  }

  public Optional<StoreSnapshot> of(StoreKind kind) {
    return stores.stream().filter(s -> s.kind() == kind).findFirst();
  }
}
