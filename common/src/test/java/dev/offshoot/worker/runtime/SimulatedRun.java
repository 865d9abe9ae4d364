package dev.offshoot.worker.runtime;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.FacetName;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.wire.StateRows;
import dev.offshoot.worker.Outcome;

/** What {@code LaneRun} does, one step at a time and in virtual time. */
final class SimulatedRun implements SimulatedHandler.Surroundings {
  /** The state is waited for no longer; a cancelled run then ends, since its table may not be read on any more. */
  private static final long LONGEST_WAIT = 10_000;

  private final Delivery delivery;
  private final Message message;
  private final StateRows rows;
  private final Simulation simulation;
  private final SimulatedSession session;
  private final Supplier<SimulatedHandler> handlers;
  private SimulatedHandler handler;
  private CompletableFuture<Void> committing = CompletableFuture.completedFuture(null);
  private int attempt = 1;
  private final long waitsUntil;
  private long asleepUntil;
  private boolean newerWaits;
  private boolean cancelled;
  private boolean over;

  SimulatedRun(Dispatcher.Start start, SimulatedWorker worker, SimulatedSession session, Simulation simulation, StateRows rows) {
    this.delivery = start.delivery();
    this.message = start.message();
    this.rows = rows;
    this.simulation = simulation;
    this.session = session;
    this.waitsUntil = simulation.now() + LONGEST_WAIT;
    this.handlers = () -> worker.handler(message, this);
    this.handler = handlers.get();
  }

  Delivery delivery() {
    return delivery;
  }

  void supersede() {
    newerWaits = true;
  }

  /** Ends it, unless it is deaf: then it goes on until it notices. */
  void cancel(boolean deaf) {
    cancelled = true;
    over |= !deaf;
  }

  boolean isOver() {
    return over;
  }

  void step() {
    if (over || asleepUntil > simulation.now() || !committing.isDone() || !hasSeen(message.facets())) {
      over |= cancelled && (!committing.isDone() || simulation.now() > waitsUntil);
      return;
    }
    if (committing.isCancelled()) {
      over = true;
      return;
    }
    SimulatedHandler.Next next = handler.step();
    simulation.trace(() -> "  " + (cancelled ? "zombie " : "") + delivery.lane() + "@" + delivery.offset() + " " + next);
    switch (next) {
      case SimulatedHandler.Next.Going _ -> {}
      case SimulatedHandler.Next.Commit commit -> {
        committing = new CompletableFuture<>();
        over = cancelled;
        if (!cancelled) {
          session.handIn(new Completion.Intermediate(delivery, commit.publication(), committing));
        }
      }
      case SimulatedHandler.Next.End end -> end(end.outcome());
      case SimulatedHandler.Next.Again again -> {
        if (cancelled) {
          over = true;
        } else if (newerWaits) {
          end(new Outcome.Rejected(again.reason()));
        } else {
          attempt++;
          asleepUntil = simulation.now() + 200;
          handler = handlers.get();
        }
      }
    }
  }

  private boolean hasSeen(Map<FacetName, Long> versions) {
    Map<FacetName, Long> known = rows.versions(message.environment());
    return versions.entrySet().stream().allMatch(e -> known.getOrDefault(e.getKey(), 0L) >= e.getValue());
  }

  private void end(Outcome outcome) {
    over = true;
    session.handIn(new Completion.Finished(delivery, outcome, attempt));
  }

  @Override
  public EnvironmentState environment() {
    return rows.of(message.environment());
  }

  @Override
  public SimulatedWorld world() {
    return simulation.world();
  }

  @Override
  public SimulatedWorld.Actor actor() {
    boolean owner = !cancelled && session.owns(delivery.partition());
    return owner ? SimulatedWorld.Actor.OWNER : SimulatedWorld.Actor.ZOMBIE;
  }

  @Override
  public boolean superseded() {
    boolean left = message.event() instanceof LifecycleEvent event && LaneRun.hasLeft(environment(), event);
    return newerWaits || cancelled || left;
  }

  @Override
  public boolean unavailable() {
    return simulation.effectFails();
  }
}
