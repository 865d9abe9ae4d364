package dev.offshoot.environment;

import java.util.List;
import java.util.Optional;

/**
 * The stores of an incarnation.
 *
 * @param keyId which master key its credentials are derived from
 */
public record Stores(Incarnation incarnation, EpochId epoch, String keyId, List<StoreCoordinates> coordinates) implements Facet {
  public Stores {
    coordinates = List.copyOf(coordinates);
  }

  @Override
  public FacetName facet() {
    return FacetName.STORES;
  }

  public Optional<StoreCoordinates> of(StoreKind kind) {
    return coordinates.stream().filter(c -> c.kind() == kind).findFirst();
  }
}
