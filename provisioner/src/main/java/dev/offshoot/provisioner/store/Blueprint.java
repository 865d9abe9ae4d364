package dev.offshoot.provisioner.store;

import java.util.Optional;

import dev.offshoot.environment.ResourceName;
import dev.offshoot.environment.StoreSnapshot;

/**
 * A resource that is to stand.
 *
 * @param from the store's part of the epoch; empty for a store that starts empty
 */
public record Blueprint(OwnerTag tag, Optional<StoreSnapshot> from) {
  public ResourceName name() {
    return tag.owner().name();
  }
}
