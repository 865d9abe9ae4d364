package dev.offshoot.reporter;

import java.util.Optional;
import java.util.Set;

import dev.offshoot.config.PostgresConfig;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Epochs;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.environment.ResourceName;
import dev.offshoot.event.LifecycleEvent.HistoryReplayed;
import dev.offshoot.event.Replayed;
import dev.offshoot.reporter.clone.CloneInspection;
import dev.offshoot.reporter.model.Findings;
import dev.offshoot.reporter.model.Part;
import dev.offshoot.reporter.model.ReplayedHistory;
import dev.offshoot.reporter.model.SchemaDifference;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;

/**
 * Staging's and Production's schemas, each against its own history: worked out once for each snapshot, in the lane of what it was taken of,
 * and kept in the blob store; every branch's report takes it from there (decisions 0041 and 0046).
 */
final class Histories {
  private static final int PATIENT_ATTEMPTS = 5;

  private final CloneInspection clone;
  private final ReportBlobs blobs;
  private final Optional<PostgresConfig> server;
  private final Set<RepositoryKey> configured;

  /**
   * @param server that epochs are on; only its place is used
   * @param configured the repositories that have a Production
   */
  Histories(CloneInspection clone, ReportBlobs blobs, Optional<PostgresConfig> server, Set<RepositoryKey> configured) {
    this.clone = clone;
    this.blobs = blobs;
    this.server = server;
    this.configured = Set.copyOf(configured);
  }

  /** Keeps what came of one. */
  void compare(HistoryReplayed event, Context context) throws InterruptedException {
    Origin source = event.subject().origin();
    Replayed replayed = event.replayed();
    Part<ReplayedHistory> history = replayed.obstacle().<Part<ReplayedHistory>>map(Part::missing)
        .orElse(Part.present(new ReplayedHistory(replayed.epoch(), event.subject().commit(), replayed.migrations(), replayed.changes(),
            replayed.obstacle().isPresent() ? Part.missing("") : difference(source, replayed, context))));
    blobs.putHistory(source.environment(), replayed.epoch(), history);
  }

  private Part<SchemaDifference> difference(Origin of, Replayed replayed, Context context) throws InterruptedException {
    if (!replayed.changes().isEmpty() || server.isEmpty()) {
      return Part.missing("the migrations of its history are not in the commit as they were applied, so they were not run again");
    }
    EnvironmentId source = of.environment();
    try {
      return clone.ofEpoch(server.get(), of.repository(), new CloneInspection.TwoSchemas(
          ResourceName.replay(of.repository(), source, replayed.epoch()),
          ResourceName.reference(of.repository(), source, replayed.epoch())));
    } catch (Failure e) {
      if (e.kind().isTransient() && context.attempt() <= PATIENT_ATTEMPTS) {
        throw e;
      }
      return Part.missing(String.valueOf(e.getMessage()));
    }
  }

  /** The findings with what is known by now: of the snapshots that were cloned and rehearsed on, of Production else of the newest. */
  Findings in(Findings findings, Context context) {
    Origin branch = findings.header().subject().origin();
    Findings ofStaging = findings.withStagingHistory(known(branch.source(), findings.header().snapshot().epoch()));
    if (!configured.contains(branch.repository())) {
      return ofStaging;
    }
    EnvironmentId production = EnvironmentId.production(branch.repository());
    Optional<EpochId> epoch = findings.rehearsed().map(rehearsal -> rehearsal.ground().snapshot().epoch())
        .or(() -> context.state().of(production).epochs().flatMap(Epochs::newest).map(Epoch::id));
    return ofStaging.withHistory(Optional.of(epoch.map(id -> known(production, id))
        .orElseGet(() -> Part.missing("there is no snapshot of Production yet"))));
  }

  private Part<ReplayedHistory> known(EnvironmentId source, EpochId epoch) {
    return blobs.history(source, epoch).orElseGet(() -> Part.missing("what its history says was applied has not been run again yet"));
  }
}
