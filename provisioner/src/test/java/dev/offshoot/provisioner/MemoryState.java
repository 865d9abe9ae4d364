package dev.offshoot.provisioner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.Facet;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.worker.Context;
import dev.offshoot.worker.Failure;
import dev.offshoot.worker.Outcome;
import dev.offshoot.worker.Publication;
import dev.offshoot.worker.StateView;
import dev.offshoot.worker.Worker;

/** What the runtime would keep, in memory: states, and the events in the order in which they were published. */
final class MemoryState implements StateView {
  private final Map<EnvironmentId, EnvironmentState> states = new ConcurrentHashMap<>();
  private final List<LifecycleEvent> events = new ArrayList<>();

  @Override
  public EnvironmentState of(EnvironmentId id) {
    return states.getOrDefault(id, EnvironmentState.unknown(id));
  }

  @Override
  public Collection<EnvironmentState> all() {
    return states.values();
  }

  List<LifecycleEvent> events() {
    return List.copyOf(events);
  }

  LifecycleEvent lastEvent() {
    return events.getLast();
  }

  void forget(EnvironmentId id) {
    states.remove(id);
  }

  void set(EnvironmentId id, Facet facet) {
    states.put(id, of(id).with(facet));
  }

  /** Handles a message and publishes what its outcome says. */
  Outcome handle(Worker worker, Message message) throws Exception {
    return handle(worker, message, 1);
  }

  /** The same at a further attempt. */
  Outcome handle(Worker worker, Message message, int attempt) throws Exception {
    Outcome outcome = outcome(worker, message, attempt);
    switch (outcome) {
      case Outcome.Done(Publication publication) -> publish(message.environment(), publication);
      case Outcome.Failed(String _, Publication publication) -> publish(message.environment(), publication);
      case Outcome.Rejected _ -> { }
    }
    return outcome;
  }

  /** What a worker sees that is handed the message for the first time. */
  Context context(Message message) {
    return contextOf(message.environment(), Integer.MAX_VALUE, 1);
  }

  /** As the runtime does: what cannot pass is told by the worker. */
  private Outcome outcome(Worker worker, Message message, int attempt) throws Exception {
    Context context = contextOf(message.environment(), Integer.MAX_VALUE, attempt);
    try {
      return worker.handle(message, context);
    } catch (Failure e) {
      if (e.kind().isTransient()) {
        throw e;
      }
      String reason = String.valueOf(e.getMessage());
      return new Outcome.Failed(reason, worker.failure(message, context, reason));
    }
  }

  /** Handles a message in a process that dies at its nth commit, just after it. */
  void dieAtCommit(int nth, Worker worker, Message message) throws Exception {
    try {
      worker.handle(message, contextOf(message.environment(), nth, 1));
    } catch (InterruptedException killed) {
      return;
    }
    // the outcome of a process that has died is published by nobody
  }

  private void publish(EnvironmentId id, Publication publication) {
    publication.facets().forEach(facet -> set(id, facet));
    events.addAll(publication.events());
  }

  private Context contextOf(EnvironmentId id, int lastCommit, int attempt) {
    return new Context() {
      private int commits;

      @Override
      public EnvironmentState environment() {
        return of(id);
      }

      @Override
      public StateView state() {
        return MemoryState.this;
      }

      @Override
      public void commit(Publication publication) throws InterruptedException {
        publish(id, publication);
        commits++;
        if (commits >= lastCommit) {
          throw new InterruptedException("killed");
        }
      }

      @Override
      public boolean superseded() {
        return false;
      }

      @Override
      public int attempt() {
        return attempt;
      }
    };
  }
}
