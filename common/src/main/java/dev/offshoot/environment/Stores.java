package dev.offshoot.environment;

import java.util.List;
import java.util.Optional;

/**
 * The stores of the incarnation that serves, and while a rebuild is under way those of the next one beside them.
 *
 * @param keyId which master key its credentials are derived from
 * @param next empty while nothing is rebuilt, or before its stores stand
 */
public record Stores(
    Incarnation incarnation, EpochId epoch, String keyId, List<StoreCoordinates> coordinates, Optional<Next> next) implements Facet {
  public Stores {
    coordinates = List.copyOf(coordinates);
  }

  public Stores(Incarnation incarnation, EpochId epoch, String keyId, List<StoreCoordinates> coordinates) {
    this(incarnation, epoch, keyId, coordinates, Optional.empty());
  }

  /** The stores of the incarnation that is to serve next. */
  public record Next(Incarnation incarnation, EpochId epoch, String keyId, List<StoreCoordinates> coordinates) {
    public Next {
      coordinates = List.copyOf(coordinates);
    }
  }

  @Override
  public FacetName facet() {
    return FacetName.STORES;
  }

  public Optional<StoreCoordinates> of(StoreKind kind) {
    return coordinates.stream().filter(c -> c.kind() == kind).findFirst();
  }

  /** Those of one incarnation alone. */
  public Optional<Stores> of(Incarnation wanted) {
    return incarnation.equals(wanted)
        ? Optional.of(new Stores(incarnation, epoch, keyId, coordinates))
        : next.filter(n -> n.incarnation().equals(wanted))
            .map(n -> new Stores(n.incarnation(), n.epoch(), n.keyId(), n.coordinates()));
  }

  /** These, and the given ones as the next. */
  public Stores beside(Stores coming) {
    return new Stores(incarnation, epoch, keyId, coordinates,
        Optional.of(new Next(coming.incarnation, coming.epoch, coming.keyId, coming.coordinates)));
  }
}
