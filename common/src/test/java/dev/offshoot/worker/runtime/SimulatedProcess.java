package dev.offshoot.worker.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process of a worker: it lives, is stopped, dies and comes back; whatever ends its session in doubt begins a new one. */
final class SimulatedProcess {
  private final Simulation simulation;
  private final SimulatedWorker worker;
  private final String slot;
  private final List<SimulatedRun> zombies = new ArrayList<>();
  private Optional<SimulatedSession> session = Optional.empty();
  /** Dead, whose membership the group has not yet missed. */
  private Optional<SimulatedSession> missed = Optional.empty();
  private long missedAt;
  private int lives;
  private long downUntil;
  private long stoppedUntil;
  private long expelledAt = Long.MAX_VALUE;

  SimulatedProcess(Simulation simulation, SimulatedWorker worker, String slot) {
    this.simulation = simulation;
    this.worker = worker;
    this.slot = slot;
  }

  SimulatedWorker worker() {
    return worker;
  }

  @Override
  public String toString() {
    return worker.name() + "-" + slot;
  }

  /** Something in the process goes on for a moment. */
  void step() {
    missGroup();
    if (simulation.now() < downUntil || simulation.now() < stoppedUntil) {
      return;
    }
    expelledAt = Long.MAX_VALUE;
    SimulatedSession current = session.orElseGet(() -> {
      SimulatedSession next = new SimulatedSession(simulation, worker, slot, ++lives);
      session = Optional.of(next);
      return next;
    });
    int what = simulation.random().nextInt(10);
    try {
      if (what < 5) {
        current.step();
      } else if (what < 8) {
        stepRun(current);
      } else {
        current.tail(simulation.random().nextInt(simulation.partitions()));
      }
    } catch (SimulatedDoubt e) {
      simulation.trace(() -> this + " in doubt: " + e.getMessage());
      simulation.count(e.kind());
      zombies.addAll(current.close());
      session = Optional.empty();
    }
  }

  private void stepRun(SimulatedSession current) {
    if (!zombies.isEmpty() && simulation.random().nextInt(3) == 0) {
      SimulatedRun zombie = zombies.getFirst();
      zombie.step();
      if (zombie.isOver()) {
        zombies.remove(zombie);
      }
    } else {
      current.stepRun();
    }
  }

  private void missGroup() {
    if (simulation.now() > expelledAt) {
      expelledAt = Long.MAX_VALUE;
      session.ifPresent(SimulatedSession::expel);
    }
    if (simulation.now() > missedAt) {
      missed.ifPresent(SimulatedSession::expel);
      missed = Optional.empty();
    }
  }

  /** As by kill -9. */
  void crash(long downFor) {
    simulation.trace(() -> this + " crashes");
    missed.ifPresent(SimulatedSession::expel);
    missed = session;
    missedAt = simulation.now() + simulation.sessionTimeout();
    session = Optional.empty();
    zombies.clear();
    downUntil = simulation.now() + downFor;
  }

  /** As by SIGSTOP, and SIGCONT later. */
  void stop(long stoppedFor) {
    simulation.trace(() -> this + " is stopped for " + stoppedFor);
    expelledAt = simulation.now() + simulation.sessionTimeout();
    stoppedUntil = simulation.now() + stoppedFor;
  }

  /** As a graceful end: the group knows at once. */
  void leave(long downFor) {
    simulation.trace(() -> this + " leaves");
    session.ifPresent(SimulatedSession::close);
    session = Optional.empty();
    zombies.clear();
    downUntil = simulation.now() + downFor;
  }

  boolean isIdle() {
    return zombies.isEmpty() && missed.isEmpty() && session.filter(SimulatedSession::isIdle).isPresent();
  }
}
