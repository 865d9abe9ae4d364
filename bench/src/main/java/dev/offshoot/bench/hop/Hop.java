package dev.offshoot.bench.hop;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.offshoot.environment.EpochId;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent.EnvironmentAccepted;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.event.Subject;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

/**
 * Answers each request with one event and does nothing else.
 *
 * @param before runs before the answer, on the lane's own thread
 */
record Hop(Consumer<Request> before) implements Worker {
  private static final EpochId EPOCH = EpochId.at(Instant.EPOCH);

  @Override
  public String name() {
    return "hop";
  }

  @Override
  public Inbox reads() {
    return Inbox.REQUESTS;
  }

  @Override
  public boolean takes(Event event) {
    return event instanceof Request;
  }

  @Override
  public Outcome handle(Message message, Context context) {
    return switch (message.event()) {
      case Request request -> {
        before.accept(request);
        Subject subject = new Subject(request.origin(), Incarnation.FIRST, Optional.empty());
        yield Outcome.done(new Publication(List.of(), List.of(new EnvironmentAccepted(subject, EPOCH)), List.of()));
      }
      case Event _ -> new Outcome.Rejected("not a request");
    };
  }
}
