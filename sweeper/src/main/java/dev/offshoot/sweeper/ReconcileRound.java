package dev.offshoot.sweeper;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.config.RepositoryConfig;
import dev.offshoot.environment.Origin;
import dev.offshoot.event.EventId;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.wire.EventPublisher;

/** Asks once that the branches of every repository be compared with its environments. What the answer is, is the provisioner's. */
final class ReconcileRound {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileRound.class);

  private final Collection<RepositoryConfig> repositories;
  private final EventPublisher publisher;
  private final Clock clock;

  ReconcileRound(Collection<RepositoryConfig> repositories, EventPublisher publisher, Clock clock) {
    this.repositories = List.copyOf(repositories);
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Returns the asks that the broker has; one that it did not take is made again when the next is due. */
  List<Request> run() {
    Instant due = clock.instant();
    List<Request> asked = new ArrayList<>();
    for (RepositoryConfig repository : repositories) {
      Request ask = new Request.ReconcileRequested(
          Origin.ofRepository(repository.key(), repository.defaultBranch()), Optional.empty(), Sweeper.NAME);
      EventId id = EventId.derived(ask.origin().environment() + " reconcile " + due);
      try {
        FaultPoint.at("reconcile.ask.before");
        publisher.publish(Message.first(id, Round.SOURCE, due, ask)).join();
        FaultPoint.at("reconcile.ask.after");
        asked.add(ask);
      } catch (RuntimeException e) {
        LOG.warn("The branches of {} are to be compared with its environments, but the ask was not taken", repository.key(), e);
      }
    }
    return asked;
  }
}
