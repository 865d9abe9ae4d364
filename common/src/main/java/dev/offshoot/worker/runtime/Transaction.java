package dev.offshoot.worker.runtime;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;

import dev.offshoot.wire.StateEntry;

/**
 * What is committed at once: all of it becomes visible, or none.
 *
 * @param completions what lanes handed in
 * @param draft the records that say so
 * @param offsets of the group, by partition; never empty, since without them the group does not fence a member that was expelled
 */
record Transaction(List<Completion> completions, Draft draft, Map<Integer, Long> offsets) {

  List<ProducerRecord<String, byte[]>> records() {
    return draft.records();
  }

  List<StateEntry> entries() {
    return draft.entries();
  }

  Kind kind() {
    if (completions.isEmpty()) {
      return Kind.OFFSETS;
    }
    return completions.stream().allMatch(Completion.Intermediate.class::isInstance) ? Kind.INTENT : Kind.OUTCOME;
  }

  /** What the most that is in it is. */
  enum Kind {
    /** Nothing but how far the group has come. */
    OFFSETS,
    /** What handlers publish while their message stays open. */
    INTENT,
    /** At least one message is dealt with. */
    OUTCOME
  }
}
