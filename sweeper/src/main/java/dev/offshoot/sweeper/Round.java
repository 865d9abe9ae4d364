package dev.offshoot.sweeper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.wire.EventPublisher;
import dev.offshoot.worker.StateView;

/** One look at all environments. Not for several threads. */
final class Round {
  static final EventSource SOURCE = EventSource.worker("sweeper");
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);
  /**
   * An ask that came to nothing, after a dead letter for instance, is made again; more often would only fill the topic.
   */
  private static final Duration ASK_AGAIN = Duration.ofHours(1);

  private final Policies policies;
  private final StateView state;
  private final EventPublisher publisher;
  private final Clock clock;
  private final Map<EventId, Instant> asked = new HashMap<>();

  Round(Policies policies, StateView state, EventPublisher publisher, Clock clock) {
    this.policies = policies;
    this.state = state;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** What falls due by time. */
  record Policies(IdlePolicy idle, EpochPolicy epochs) {}

  /** Asks for what is idle now; returns the asks that the broker has. */
  List<Request.Expired> run() {
    Instant now = clock.instant();
    asked.values().removeIf(at -> !at.plus(ASK_AGAIN).isAfter(now));
    Collection<EnvironmentState> all = state.all();
    return all.stream()
        .flatMap(each -> Stream.concat(policies.idle().decide(each, now).stream(), policies.epochs().decide(each, all, now).stream()))
        .filter(ask -> !asked.containsKey(id(ask)))
        .filter(ask -> published(ask, now))
        .toList();
  }

  private boolean published(Request.Expired ask, Instant now) {
    EventId id = id(ask);
    try {
      FaultPoint.at("sweep.ask.before");
      publisher.publish(Message.first(id, SOURCE, now, ask)).join();
      FaultPoint.at("sweep.ask.after");
    } catch (RuntimeException e) {
      LOG.warn("{} is due, but the ask was not taken; it is made again in the next round",
          ask.origin().environment(), e);
      return false;
    }
    asked.put(id, now);
    LOG.info("Asked about {} incarnation {}, or its snapshots: out of use since before {}", ask.origin().environment(),
        ask.incarnation(), ask.due());
    return true;
  }

  /** The same for the same ask, so that asking twice is seen to be asking once. */
  static EventId id(Request.Expired ask) {
    return EventId.derived(ask.origin().environment() + " " + ask.incarnation() + " idle " + ask.due());
  }
}
