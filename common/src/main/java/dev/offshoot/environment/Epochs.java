package dev.offshoot.environment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The epochs of a static environment that can still be cloned. */
public record Epochs(List<Epoch> epochs) implements Facet {
  public Epochs {
    epochs = List.copyOf(epochs);
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
