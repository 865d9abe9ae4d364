package dev.offshoot.environment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The epochs of a static environment.
 *
 * @param epochs those that can still be cloned
 * @param retiring one that nobody is given any more, until what it kept in the stores is removed
 */
public record Epochs(List<Epoch> epochs, Optional<Epoch> retiring) implements Facet {
  public Epochs {
    epochs = List.copyOf(epochs);
  }

  public Epochs(List<Epoch> epochs) {
    this(epochs, Optional.empty());
  }

  @Override
  public FacetName facet() {
    return FacetName.EPOCHS;
  }

  public Optional<Epoch> newest() {
    return epochs.stream().max(Comparator.comparing(Epoch::id));
  }

  public Optional<Epoch> find(EpochId id) {
    return epochs.stream().filter(e -> e.id().equals(id)).findFirst();
  }
}
