package dev.offshoot.provisioner.model;

import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.Commit;
import dev.offshoot.provisioner.store.Found;
import dev.offshoot.provisioner.store.OwnerTag;

/** What a {@link Call} came to. */
sealed interface Answer {

  record Tip(Optional<Commit> tip) implements Answer {}

  record Committed() implements Answer {}

  record Listed(List<Found> found) implements Answer {
    public Listed {
      found = List.copyOf(found);
    }
  }

  record Stands(Optional<OwnerTag> tag) implements Answer {}

  /** The step was taken, and nothing more is to be done. */
  record Done() implements Answer {}

  /** The step was taken, and the next one is due. */
  record Begun() implements Answer {}

  /** There is nothing to take the step with. */
  record Nothing() implements Answer {}

  /** Somebody else works on the same: a transient failure. */
  record Busy() implements Answer {}

  /** The store does not answer: a transient failure. */
  record Down() implements Answer {}

  /** The store's law forbids it: no trying again would help. */
  record Refused(String why) implements Answer {}
}
