package dev.offshoot.worker.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.offshoot.event.Message;
import dev.offshoot.wire.StateEntry;
import dev.offshoot.wire.StateIndex;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * The core of the runtime: what to do with everything that Kafka and the lanes bring. Pure: no Kafka client, no threads, no clock. It
 * belongs to one session, and one thread at a time calls it.
 *
 * <p>Laws:
 * <ul>
 * <li>No lane starts before {@link #warm} was told for every partition assigned: until then the state may be the past.
 * <li>A record that its lane's cursor has passed is not handled again, wherever the group's offset stands.
 * <li>What a lane hands in counts only while the assignment lasts that its record came with.
 * <li>One transaction takes everything handed in and the offsets that follow from it. Either it is committed and told with
 *     {@link #committed} before anything else is asked, or the session ends and this dispatcher with it: what a commit did whose answer
 *     is unknown, the next session reads.
 * </ul>
 */
final class Dispatcher {
  /** For records that wait: some 50,000 pushes. */
  private static final long ROOM = 128L << 20;

  private final Intake intake;
  private final Scribe scribe;
  private final StateIndex state;
  private final Lanes lanes = new Lanes();
  private final Window window = new Window(ROOM);
  private final Set<Integer> cold = new TreeSet<>();
  private final Map<Integer, Long> committed = new HashMap<>();
  private final List<Completion> handedIn = new ArrayList<>();

  /**
   * A message that is to be handled.
   *
   * @param superseded whether it need not come to its end: a wish to destroy was queued behind it before it could start
   */
  record Start(Delivery delivery, Message message, boolean superseded) {}

  Dispatcher(Intake intake, Scribe scribe, StateIndex state) {
    this.intake = intake;
    this.scribe = scribe;
    this.state = state;
  }

  /** Partitions have become ours; {@link #warm} must follow. */
  void assigned(Collection<Integer> partitions) {
    partitions.forEach(lanes::assigned);
    cold.addAll(partitions);
  }

  /** Partitions are no longer ours, or soon will not be: answers what runs and is to be cancelled. */
  List<Delivery> revoked(Collection<Integer> partitions) {
    List<Delivery> cancelled = new ArrayList<>();
    for (int partition : partitions) {
      cold.remove(partition);
      committed.remove(partition);
      cancelled.addAll(lanes.revoked(partition));
    }
    List<Completion> before = List.copyOf(handedIn);
    handedIn.clear();
    before.forEach(this::handIn);
    return cancelled;
  }

  /** What was assigned since the last {@link #warm}. */
  Set<Integer> cold() {
    return Set.copyOf(cold);
  }

  /** The state holds all that former owners of the cold partitions have committed, with these as the group's offsets. */
  void warm(Map<Integer, Long> offsets) {
    committed.putAll(offsets);
    cold.clear();
  }

  /** Takes a record; answers the run that it supersedes. One of a partition that is not ours is left to its owner. */
  Optional<Delivery> deliver(ConsumerRecord<String, byte[]> record) {
    return lanes.assignment(record.partition()).flatMap(assignment -> {
      Delivery delivery = intake.delivery(record, assignment);
      lanes.offer(delivery);
      return lanes.superseded(delivery);
    });
  }

  /** What is to be handled from now on. What needs no handler is dealt with here. */
  List<Start> start() {
    List<Start> runs = new ArrayList<>();
    for (Optional<Delivery> next = next(); next.isPresent(); next = next()) {
      Delivery delivery = next.get();
      switch (delivery.content()) {
        case Delivery.Content.NotTaken _ -> throw new IllegalStateException("What is not taken is not started");
        case Delivery.Content.Undecodable u ->
            handedIn.add(new Completion.Finished(delivery, new Outcome.Failed(u.reason(), Publication.NOTHING), 1));
        case Delivery.Content.Decoded d when scribe.hasPassed(d.message().environment(), delivery.offset()) ->
            lanes.finished(delivery);
        case Delivery.Content.Decoded d -> runs.add(new Start(delivery, d.message(), lanes.superseded(delivery).isPresent()));
      }
    }
    return runs;
  }

  private Optional<Delivery> next() {
    return cold.isEmpty() ? lanes.start() : Optional.empty();
  }

  /** Takes what a lane hands in; of an ended assignment it is dropped, for its record is delivered to the next owner. */
  void handIn(Completion completion) {
    if (lanes.owns(completion.delivery())) {
      handedIn.add(completion);
    } else if (completion instanceof Completion.Intermediate i) {
      i.committed().cancel(false);
    }
  }

  /** Everything that can be committed now; empty when nothing has changed since the last. */
  Optional<Transaction> transaction() {
    List<Completion> completions = List.copyOf(handedIn);
    handedIn.clear();
    Draft draft = new Draft();
    for (Completion completion : completions) {
      draft.addAll(scribe.draft(completion));
      if (completion instanceof Completion.Finished) {
        lanes.finished(completion.delivery());
      }
    }
    Map<Integer, Long> offsets = lanes.offsets();
    if (completions.isEmpty()) {
      offsets.entrySet().removeIf(e -> e.getValue().equals(committed.get(e.getKey())));
    }
    return offsets.isEmpty() ? Optional.empty() : Optional.of(new Transaction(completions, draft, offsets));
  }

  /** The transaction is committed: the state learns of it before the next record of its lanes starts. */
  void committed(Transaction transaction) {
    for (StateEntry entry : transaction.entries()) {
      state.apply(entry);
    }
    committed.putAll(transaction.offsets());
    for (Completion completion : transaction.completions()) {
      if (completion instanceof Completion.Intermediate i) {
        i.committed().complete(null);
      }
    }
  }

  /** The partitions that are far enough ahead of their lanes: they are not to be read now. */
  Set<Integer> paused() {
    return window.paused(lanes.weights());
  }

  /** How many records are queued or run. */
  int backlog() {
    return lanes.backlog();
  }

  /** How many records of each partition are queued or run. */
  Map<Integer, Integer> unfinished() {
    return lanes.unfinished();
  }

  /** When the oldest record was written that is queued or runs, in milliseconds since 1970. */
  OptionalLong oldest() {
    return lanes.oldest();
  }

  /** Whether something waits for the next transaction. */
  boolean hasHandedIn() {
    return !handedIn.isEmpty();
  }
}
