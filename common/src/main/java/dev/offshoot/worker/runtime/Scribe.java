package dev.offshoot.worker.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Facet;
import dev.offshoot.environment.FacetName;
import dev.offshoot.event.Event;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.Cursor;
import dev.offshoot.wire.EventCodec;
import dev.offshoot.wire.StateCodec;
import dev.offshoot.wire.StateEntry;
import dev.offshoot.wire.StateIndex;
import dev.offshoot.wire.Topic;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;

/** Writes publications as records: facets with their next version, events with their next number, and the lane's cursor. */
final class Scribe {
  /** Of key, value and headers: below the broker's and the producer's limit of 1 MiB, with room for what frames them. */
  private static final int MAX_RECORD_BYTES = 900_000;
  private static final int MAX_REASON = 2_000;
  /** One sentence: each rejected record has one, and the newest of each lane is kept for good. */
  private static final int MAX_REFUSAL = 300;
  /** Of a letter that leaves out what is too large: where the original lies, its headers say. */
  private static final int MAX_KEY = 1_000;
  private final String worker;
  private final String topicId;
  private final StateIndex state;
  private final Codecs codecs;
  private final Clock clock;

  record Codecs(EventCodec events, StateCodec state) {}

  Scribe(String worker, String topicId, StateIndex state, Codecs codecs, Clock clock) {
    this.worker = worker;
    this.topicId = topicId;
    this.state = state;
    this.codecs = codecs;
    this.clock = clock;
  }

  /** Whether the lane's cursor has passed the record: it was dealt with, whatever the group's offset says. */
  boolean hasPassed(EnvironmentId environment, long offset) {
    return state.cursor(environment, worker).cursor().covers(topicId, offset);
  }

  /** The records of a completion. One that cannot be published as it is must not stop the others: it fails alone. */
  Draft draft(Completion completion) {
    Draft draft = new Draft();
    write(draft, completion);
    if (draft.largest() <= MAX_RECORD_BYTES) {
      return draft;
    }
    String reason = "The outcome is too large to be published: a record of " + draft.largest() + " bytes";
    Draft instead = new Draft();
    switch (completion) {
      case Completion.Intermediate i -> i.committed().completeExceptionally(new Failure(Failure.Kind.INVALID, reason));
      case Completion.Finished f ->
          write(instead, new Completion.Finished(f.delivery(), new Outcome.Failed(reason, Publication.NOTHING), f.attempts()));
    }
    return instead;
  }

  private void write(Draft draft, Completion completion) {
    switch (completion) {
      case Completion.Intermediate i -> write(draft, message(i.delivery()), i.publication(), open(i.delivery()));
      case Completion.Finished f -> {
        Publication publication = switch (f.outcome()) {
          case Outcome.Done done -> done.publication();
          case Outcome.Rejected _ -> Publication.NOTHING;
          case Outcome.Failed failed -> {
            writeDeadLetter(draft, f.delivery(), failed.reason(), f.attempts());
            yield failed.publication();
          }
        };
        if (f.delivery().content() instanceof Delivery.Content.Decoded d) {
          write(draft, d.message(), publication, finished(f));
        }
      }
    }
  }

  private static Message message(Delivery delivery) {
    if (delivery.content() instanceof Delivery.Content.Decoded d) {
      return d.message();
    }
    throw new IllegalStateException("Only a decoded delivery has a handler");
  }

  /** Where the lane stays while the delivery is not dealt with. */
  private Place open(Delivery delivery) {
    Cursor known = known(delivery);
    return new Place(known.offset(), known.refusal());
  }

  /** Past the delivery. */
  private Place finished(Completion.Finished completion) {
    long offset = completion.delivery().offset();
    return new Place(offset, switch (completion.outcome()) {
      case Outcome.Rejected rejected -> Optional.of(new Cursor.Refusal(offset,
          rejected.reason().substring(0, Math.min(MAX_REFUSAL, rejected.reason().length()))));
      case Outcome.Done _, Outcome.Failed _ -> known(completion.delivery()).refusal();
    });
  }

  /** Of this topic, not of one of the same name that it was made in place of. */
  private Cursor known(Delivery delivery) {
    Cursor known = state.cursor(message(delivery).environment(), worker).cursor();
    return known.topicId().equals(topicId) ? known : Cursor.START;
  }

  /** How far the lane has come, and what led to nothing last. */
  private record Place(long through, Optional<Cursor.Refusal> refusal) {}

  /** Writes what a delivery has brought about. */
  private void write(Draft draft, Message cause, Publication publication, Place place) {
    Map<FacetName, Long> versions = new HashMap<>(state.versions(cause.environment()));
    for (Facet facet : publication.facets()) {
      long version = versions.getOrDefault(facet.facet(), 0L) + 1;
      versions.put(facet.facet(), version);
      StateEntry entry = new StateEntry.OfFacet(cause.environment(), version, facet);
      draft.add(codecs.state().encode(entry), entry);
    }
    StateEntry.OfCursor known = state.cursor(cause.environment(), worker);
    long sequence = known.cursor().sequence();
    for (LifecycleEvent event : publication.events()) {
      sequence++;
      EventId id = EventId.derived(worker + ' ' + cause.environment() + ' ' + topicId + ' ' + sequence);
      draft.add(codecs.events().encode(message(id, cause, sequence, versions, event)));
    }
    int asked = 0;
    for (Request ask : publication.asks()) {
      EventId id = id(ask, cause, asked++);
      draft.add(codecs.events().encode(message(id, cause, 0, versions, ask)));
    }
    StateEntry cursor = new StateEntry.OfCursor(cause.environment(), known.version() + 1, worker,
        new Cursor(topicId, place.through(), sequence, place.refusal()));
    draft.add(codecs.state().encode(cursor), cursor);
  }

  private EventId id(Request ask, Message cause, int asked) {
    return ask.identity().map(identity -> EventId.derived(worker + " ask " + ask.origin().environment() + ' ' + identity))
        .orElseGet(() -> EventId.derived(worker + " ask " + cause.id() + ' ' + asked));
  }

  private Message message(EventId id, Message cause, long sequence, Map<FacetName, Long> versions, Event event) {
    return switch (event) {
      case LifecycleEvent _ -> new Message(id, EventSource.worker(worker), clock.instant(), cause.environment(),
          Optional.of(cause.id()), cause.chain(), sequence, versions, event);
      case Request request -> new Message(id, EventSource.worker(worker), clock.instant(), request.origin().environment(),
          Optional.of(cause.id()), cause.chain(), sequence,
          request.origin().environment().equals(cause.environment()) ? versions : Map.of(), event);
    };
  }

  /** Writes the delivery as it came to the dead letters, with why and from where; without what is too large to be sent once more. */
  private void writeDeadLetter(Draft draft, Delivery delivery, String reason, int attempts) {
    ConsumerRecord<String, byte[]> record = delivery.record();
    String topic = Topic.DEAD_LETTERS.topicName();
    ProducerRecord<String, byte[]> whole =
        new ProducerRecord<>(topic, delivery.partition(), record.key(), record.value(), record.headers());
    tell(whole, delivery, reason, attempts);
    if (Draft.bytes(whole) <= MAX_RECORD_BYTES) {
      draft.add(whole);
      return;
    }
    ProducerRecord<String, byte[]> bare =
        new ProducerRecord<>(topic, delivery.partition(), shortened(record.key()), new byte[0]);
    tell(bare, delivery, reason, attempts);
    draft.add(bare);
  }

  private void tell(ProducerRecord<String, byte[]> letter, Delivery delivery, String reason, int attempts) {
    header(letter, "worker", worker);
    header(letter, "topic", delivery.record().topic());
    header(letter, "partition", Integer.toString(delivery.partition()));
    header(letter, "offset", Long.toString(delivery.offset()));
    header(letter, "attempts", Integer.toString(attempts));
    header(letter, "reason", reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason);
    header(letter, "time", clock.instant().toString());
  }

  private static @Nullable String shortened(@Nullable String key) {
    return key == null || key.length() <= MAX_KEY ? key : key.substring(0, MAX_KEY);
  }

  private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
    letter.headers().add("offshoot_dead_letter_" + name, value.getBytes(StandardCharsets.UTF_8));
  }
}
