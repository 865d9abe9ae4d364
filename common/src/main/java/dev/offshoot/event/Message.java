package dev.offshoot.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.FacetName;

/**
 * An event with what the envelope says of it.
 *
 * @param cause the event that led to this one; empty at the start of a chain
 * @param chain shared by all that one push or command caused (CDEvents chainId), and the id of its trace; never all zeros
 * @param sequence of a lifecycle event: counts the events of this environment by this source, from 1 without gaps; 0 of a request
 * @param facets the version of each facet that was written when this was said; a reader waits until it has seen them
 */
public record Message(
    EventId id,
    EventSource source,
    Instant time,
    EnvironmentId environment,
    Optional<EventId> cause,
    UUID chain,
    long sequence,
    Map<FacetName, Long> facets,
    Event event) {
  public Message {
    facets = Map.copyOf(facets);
    if (TraceParent.isZero(chain)) {
      throw new IllegalArgumentException("A chain's id is not all zeros");
    }
  }

  /** The start of a chain: a delivery, a command, a clock's ask. */
  public static Message first(EventId id, EventSource source, Instant time, Request request) {
    return new Message(id, source, time, request.origin().environment(), Optional.empty(), chain(source, id), 0, Map.of(), request);
  }

  /** The chain of a request whose sender names none. */
  public static UUID chain(EventSource source, EventId id) {
    return UUID.nameUUIDFromBytes((source.value() + id.value()).getBytes(StandardCharsets.UTF_8));
  }

  /** The same start of a chain, in the trace of whoever led to it. */
  public Message in(TraceParent sender) {
    return new Message(id, source, time, environment, cause, sender.trace(), sequence, facets, event);
  }

  /** A request that a person makes because of what was said before; it goes on with the chain. */
  public static Message because(Message cause, EventSource source, Instant time, Request request) {
    return new Message(EventId.random(), source, time, request.origin().environment(), Optional.of(cause.id()),
        cause.chain(), 0, Map.of(), request);
  }
}
