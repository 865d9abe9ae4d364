package dev.offshoot.worker.runtime;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

import dev.offshoot.event.Event;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.Topic;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Worker;

/** A worker of the simulation: one decides, the other follows. */
record SimulatedWorker(
    String name,
    Inbox reads,
    Topic topic,
    Predicate<Event> taken,
    BiFunction<Message, SimulatedHandler.Surroundings, SimulatedHandler> handlers)
    implements Worker {
  static final SimulatedWorker PROVISIONER = new SimulatedWorker("provisioner", Inbox.REQUESTS, Topic.REQUESTS,
      event -> event instanceof Request && !(event instanceof Request.ChangeClosed), SimulatedProvisioner::new);
  static final SimulatedWorker MIGRATOR = new SimulatedWorker("migrator", Inbox.ENVIRONMENTS, Topic.ENVIRONMENTS,
      event -> event instanceof LifecycleEvent.StoresReady || event instanceof LifecycleEvent.CommitAccepted, SimulatedMigrator::new);
  static final List<SimulatedWorker> ALL = List.of(PROVISIONER, MIGRATOR);

  @Override
  public boolean takes(Event event) {
    return taken.test(event);
  }

  SimulatedHandler handler(Message message, SimulatedHandler.Surroundings surroundings) {
    return handlers.apply(message, surroundings);
  }

  @Override
  public Outcome handle(Message message, Context context) {
    throw new UnsupportedOperationException("A simulated worker is driven step by step");
  }
}
