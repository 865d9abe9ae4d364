package dev.offshoot.provisioner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.WorkersConfig.Brake;
import dev.offshoot.environment.Commit;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.LifecycleEvent.ReconcileHeld;
import dev.offshoot.event.Request;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/**
 * Compares the branches of a git host with the environments, in the repository's own lane, and asks for what differs. Law: it does nothing
 * itself; each environment's own lane reads the ref again and decides.
 */
final class Reconciliation {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
  /** What is held is warned of each time, but said on the topic again only so often. */
  private static final Duration SAY_AGAIN = Duration.ofHours(1);

  private final Tips tips;
  private final Brake brake;
  private final Clock clock;
  private final Map<String, Instant> told = new ConcurrentHashMap<>();

  Reconciliation(Tips tips, Brake brake, Clock clock) {
    this.tips = tips;
    this.brake = brake;
    this.clock = clock;
  }

  /** A host that cannot be asked is no empty list: it is asked again, now or, where that would not help, next time. */
  Outcome compare(Turn turn, Request.ReconcileRequested request) {
    Map<GitRef, Commit> listed;
    try {
      FaultPoint.at("reconcile.list.before");
      listed = tips.all(turn);
      FaultPoint.at("reconcile.list.after");
    } catch (Failure e) {
      if (e.kind().isTransient()) {
        throw e;
      }
      count("offshoot.reconcile.failures", "Comparisons for which the git host's branches could not be read", "kind", "denied");
      LOG.atWarn().addKeyValue("repository", turn.repository().key())
          .log("The branches could not be read, so lost deliveries are not made good: {}", e.getMessage());
      return new Outcome.Rejected("the branches could not be read: " + e.getMessage());
    }
    Comparison comparison = Comparison.of(turn.repository(), listed, turn.context().state().all());
    Braking braking = Braking.of(comparison, brake, request.confirmed());
    braking.passes().forEach(ask -> LOG.atWarn().addKeyValue("environment", ask.origin().environment())
        .log("{}: last seen at {}, found at {}; no delivery told of it in time", ask.repair(), brief(ask.known()), brief(ask.found())));
    Optional<LifecycleEvent> held = braking.held().flatMap(found -> tell(turn, comparison, found));
    if (braking.passes().isEmpty() && held.isEmpty()) {
      return new Outcome.Rejected(braking.held().isPresent() ? "it waits for a person" : "all is as the git host says");
    }
    return Outcome.done(new Publication(List.of(), held.stream().toList(), List.copyOf(braking.passes())));
  }

  private Optional<LifecycleEvent> tell(Turn turn, Comparison comparison, Braking.Held held) {
    String repository = turn.repository().key().value();
    LOG.atError().addKeyValue("repository", repository)
        .log("Not reconciled: {}. 'offshoot reconcile {}' shows what; --confirm lets it", held.reason(), repository);
    count("offshoot.reconcile.held", "Comparisons that wait for a person", "repository", repository);
    Instant now = clock.instant();
    told.values().removeIf(at -> !at.plus(SAY_AGAIN).isAfter(now));
    return told.putIfAbsent(repository + " " + held.finding(), now) == null
        ? Optional.of(new ReconcileHeld(turn.subject(Incarnation.FIRST, Optional.empty()), held.reason(), comparison.branches(),
            comparison.destroying().size() + comparison.forgetting().size(), comparison.untold().size(), held.finding()))
        : Optional.empty();
  }

  private static String brief(Optional<Commit> commit) {
    return commit.map(Commit::brief).orElse("no commit");
  }

  static void count(String name, String description, String tag, String value) {
    Counter.builder(name).description(description).tag(tag, value).register(Metrics.globalRegistry).increment();
  }
}
