package dev.offshoot.provisioner;

import dev.offshoot.event.Request;
import dev.offshoot.worker.Outcome;

/** What is asked about Staging and Production, in their lanes: only their epochs are ours to make and to remove. */
final class StaticEnvironments {
  private final Snapshots snapshots;
  private final Adoption adoption;
  private final EpochRetirement epochs;

  StaticEnvironments(Snapshots snapshots, Adoption adoption, EpochRetirement epochs) {
    this.snapshots = snapshots;
    this.adoption = adoption;
    this.epochs = epochs;
  }

  Outcome handle(Request request, Turn turn) throws InterruptedException {
    return switch (request) {
      case Request.Declared _ -> snapshots.declare(turn);
      case Request.SnapshotRequested snapshot -> snapshots.take(turn, snapshot.waiting());
      case Request.AdoptRequested _ -> adoption.adoptEpochs(turn);
      case Request.Expired _ -> epochs.review(turn);
      case Request.Lifecycle _, Request.Upkeep _, Request.Reporting _ ->
        new Outcome.Rejected("a static environment is neither made nor destroyed");
    };
  }
}
