package dev.offshoot.provisioner.memory;

import java.util.List;

import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;

/** Something that a {@link MemoryStore} holds. */
record Resource(OwnerTag tag, State state, List<String> content) {
  enum State { UNFINISHED, STANDING, CLOSED }

  Resource {
    content = List.copyOf(content);
  }

  static Resource unfinished(OwnerTag tag) {
    return new Resource(tag, State.UNFINISHED, List.of());
  }

  Owner owner() {
    return tag.owner();
  }

  boolean isOf(Owner owner) {
    return owner().equals(owner);
  }
}
