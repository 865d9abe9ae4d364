package dev.offshoot.sweeper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  static final EventSource SOURCE = EventSource.worker(Sweeper.NAME);
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
  record Policies(IdlePolicy idle, EpochPolicy epochs, BackupPolicy backups) {}

  /** @param timer what has fallen due, and when; the same for the same ask */
  record Ask(Request request, String timer) {
    static Ask of(Request.Expired idle) {
      return new Ask(idle, idle.incarnation() + " idle " + idle.due());
    }

    static Ask of(Request.BackupsExpired over) {
      return new Ask(over, "backups " + over.due());
    }

    /** So that asking twice is seen to be asking once. */
    EventId id() {
      return EventId.derived(request.origin().environment() + " " + timer);
    }
  }

  /** Asks for what is due now; returns the asks that the broker has. */
  List<Request> run() {
    Instant now = clock.instant();
    asked.values().removeIf(at -> !at.plus(ASK_AGAIN).isAfter(now));
    Collection<EnvironmentState> all = state.all();
    return all.stream()
        .flatMap(each -> Stream.of(
            policies.idle().decide(each, now).map(Ask::of), policies.epochs().decide(each, all, now).map(Ask::of),
            policies.backups().decide(each, now).map(Ask::of)).flatMap(Optional::stream))
        .filter(ask -> !asked.containsKey(ask.id()))
        .filter(ask -> published(ask, now))
        .map(Ask::request)
        .toList();
  }

  private boolean published(Ask ask, Instant now) {
    EventId id = ask.id();
    try {
      FaultPoint.at("sweep.ask.before");
      publisher.publish(Message.first(id, SOURCE, now, ask.request())).join();
      FaultPoint.at("sweep.ask.after");
    } catch (RuntimeException e) {
      LOG.warn("{} is due ({}), but the ask was not taken; it is made again in the next round",
          ask.request().origin().environment(), ask.timer(), e);
      return false;
    }
    asked.put(id, now);
    LOG.info("Asked the provisioner to look at {}: {}", ask.request().origin().environment(), ask.timer());
    return true;
  }
}
