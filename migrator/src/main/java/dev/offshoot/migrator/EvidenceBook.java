package dev.offshoot.migrator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.blob.Blobs;
import dev.offshoot.environment.Intent;
import dev.offshoot.event.Subject;
import dev.offshoot.evidence.Evidence;
import dev.offshoot.evidence.HistoryChange;
import dev.offshoot.evidence.Plan;
import dev.offshoot.evidence.PlanDecision;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.migrator.flyway.MigrationResult;
import dev.offshoot.migrator.watch.Watched;
import dev.offshoot.wire.EvidenceCodec;
import dev.offshoot.wire.UndecodableException;
import dev.offshoot.worker.Failure;

/**
 * Keeps what was measured in the blob store. An attempt that carries on with another's work adds to what that has kept, so nothing is lost
 * by a kill but what was measured since the last keeping.
 */
final class EvidenceBook {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceBook.class);

  private final Blobs blobs;
  private final Clock clock;
  private final EvidenceCodec codec = new EvidenceCodec();

  EvidenceBook(Blobs blobs, Clock clock) {
    this.blobs = blobs;
    this.clock = clock;
  }

  /** The page of a run's commit in its incarnation, with what is on it. */
  Page open(Run run) {
    Subject subject = run.subject();
    String key = Evidence.key(subject.origin().environment(), subject.incarnation(), run.commit());
    Optional<Evidence> earlier = read(key);
    Instant began = earlier.map(one -> one.run().began()).orElseGet(clock::instant);
    return new Page(key, run, began, earlier);
  }

  private Optional<Evidence> read(String key) {
    try {
      Optional<byte[]> bytes = blobs.get(key);
      return bytes.isPresent() ? Optional.of(codec.decode(bytes.get())) : Optional.empty();
    } catch (UndecodableException | Failure e) {
      LOG.warn("Earlier evidence {} is not carried on with: {}", key, e.getMessage());
      return Optional.empty();
    }
  }

  /** One document, being written. */
  final class Page implements Notes {
    private final String key;
    private final Run run;
    private final Instant began;
    private final Optional<Evidence> earlier;

    private Page(String key, Run run, Instant began, Optional<Evidence> earlier) {
      this.key = key;
      this.run = run;
      this.began = began;
      this.earlier = earlier;
    }

    @Override
    public Duration passed() {
      Duration passed = Duration.between(began, clock.instant());
      return passed.isNegative() ? Duration.ZERO : passed;
    }

    @Override
    public void keep(String base, Watched soFar) {
      var _ = keep(new Plan(PlanDecision.MIGRATE, base, base, List.of(), rebuilt()), Optional.of(soFar));
    }

    /**
     * Writes down what is known at the end. An environment is not kept from its developers because its evidence cannot be written.
     *
     * @return the key; empty when it could not be written
     */
    Optional<String> keep(MigrationResult result, PlanDecision decision) {
      List<HistoryChange> changes = result.end() instanceof MigrationResult.Conflicting conflict ? conflict.changes() : List.of();
      return earlier.isPresent() && decision == PlanDecision.NOTHING
          ? Optional.of(key)
          : keep(new Plan(decision, result.base(), result.version(), changes, rebuilt()), result.watched());
    }

    private Optional<String> rebuilt() {
      return run.rebuild().map(Intent.Resetting::reason);
    }

    private Optional<String> keep(Plan plan, Optional<Watched> watched) {
      try {
        FaultPoint.at("migrate.evidence.before");
        blobs.put(key, codec.encode(evidence(plan, watched.orElseGet(() -> Watched.nothing(passed())))));
        FaultPoint.at("migrate.evidence.after");
        return Optional.of(key);
      } catch (Failure e) {
        LOG.warn("The evidence {} could not be kept: {}", key, e.getMessage());
        return Optional.empty();
      }
    }

    private Evidence evidence(Plan plan, Watched now) {
      Subject subject = run.subject();
      dev.offshoot.evidence.Run which =
          new dev.offshoot.evidence.Run(subject.origin().environment(), subject.incarnation(), run.commit(), began, now.took());
      Evidence alone = new Evidence(which, plan, now.scripts(), now.statements(), now.measuring());
      return earlier.map(alone::after).orElse(alone);
    }
  }
}
