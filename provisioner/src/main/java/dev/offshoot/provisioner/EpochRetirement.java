package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochUse;
import dev.offshoot.environment.Epochs;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * Removes epochs that nobody uses any more.
 *
 * <p>Law: an epoch goes once it has been out of use for the retention without a break. It is first taken from those that
 * can be cloned, in a transaction of its own; then what it kept goes from the stores; then it is forgotten. A killed
 * attempt is carried on with by the next review.
 */
final class EpochRetirement {
  private static final Logger LOG = LoggerFactory.getLogger(EpochRetirement.class);

  private final EnvironmentStores stores;
  private final Duration retention;
  private final Clock clock;

  EpochRetirement(EnvironmentStores stores, Duration retention, Clock clock) {
    this.stores = stores;
    this.retention = retention;
    this.clock = clock;
  }

  /** Marks what is out of use, and retires what has been for long enough. */
  Outcome review(Turn turn) throws InterruptedException {
    Optional<Epochs> known = turn.state().epochs();
    if (known.isEmpty()) {
      return new Outcome.Rejected("it has no snapshot");
    }
    if (turn.original().isEmpty()) {
      return new Outcome.Rejected("it is not configured any more; its snapshots stay");
    }
    Instant now = clock.instant();
    Epochs before = known.get();
    Epochs marked = use(turn, before).marked(before, now);
    Epochs left = before.retiring().isPresent() ? remove(turn, marked, before.retiring().get()) : marked;
    for (Optional<Epoch> next = due(left, now); next.isPresent(); next = due(left, now)) {
      Epoch epoch = next.get();
      List<Epoch> others = left.epochs().stream().filter(other -> !other.id().equals(epoch.id())).toList();
      FaultPoint.at("epoch.retire.before");
      turn.context().commit(Publication.of(new Epochs(others, Optional.of(epoch))));
      FaultPoint.at("epoch.retire.committed");
      left = remove(turn, new Epochs(others), epoch);
    }
    return left.equals(turn.state().epochs().orElse(before)) ? new Outcome.Rejected("all its snapshots are in use, or not yet due")
        : Outcome.done(Publication.of(left));
  }

  private static EpochUse use(Turn turn, Epochs epochs) {
    return EpochUse.of(turn.origin().environment(), epochs, turn.context().state().all());
  }

  private Optional<Epoch> due(Epochs epochs, Instant now) {
    return epochs.epochs().stream()
        .filter(epoch -> epoch.unusedSince().filter(since -> !since.plus(retention).isAfter(now)).isPresent()).findFirst();
  }

  private Epochs remove(Turn turn, Epochs others, Epoch epoch) throws InterruptedException {
    stores.retire(turn.original().orElseThrow(), epoch.id());
    FaultPoint.at("epoch.retire.removed");
    LOG.atInfo().addKeyValue("environment", turn.origin().environment()).log("Snapshot {} was out of use and is removed", epoch.id());
    return new Epochs(others.epochs());
  }
}
