package dev.offshoot.worker.example;

import java.util.function.Consumer;

import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent.EnvironmentCreated;
import dev.offshoot.event.Message;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.Worker;

// README: from here
/** Tells a room when an environment can be used. */
record Announcer(Consumer<String> room) implements Worker {
  @Override
  public String name() {
    return "announcer";
  }

  @Override
  public Inbox reads() {
    return Inbox.ENVIRONMENTS;
  }

  @Override
  public boolean takes(Event event) {
    return event instanceof EnvironmentCreated;
  }

  @Override
  public Outcome handle(Message message, Context context) {
    if (context.superseded()) {
      return new Outcome.Rejected("the environment has moved on");
    }
    room.accept(message.environment() + " is ready");
    return Outcome.done(Publication.NOTHING);
  }
}
// README: to here
