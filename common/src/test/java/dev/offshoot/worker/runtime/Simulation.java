package dev.offshoot.worker.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import dev.offshoot.wire.StateEntry;
import dev.offshoot.wire.StateRows;

/**
 * Some minutes in the life of two workers with several instances each, in virtual time and on one thread: the same seed is the same
 * life. Faults come for a while, then all heals and must come to rest with everything done.
 */
final class Simulation {
  private static final int FAULTY_STEPS = 1_200;
  private static final int HEALING_STEPS = 30_000;

  private final SplittableRandom random;
  private final Optional<List<String>> traced;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final SimulationWire wire;
  private final SimulationChecker checker;
  private final SimulatedBroker broker;
  private final SimulatedWorld world;
  private final SimulationScript script;
  private final Map<SimulatedWorker, SimulatedGroup> groups = new HashMap<>();
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final long sessionTimeout;
  private final boolean calm;
  private boolean healed;
  private long now;

  /** How a broker answers a commit. */
  enum Answer { GIVEN, LOST_AFTER, LOST_BEFORE }

  private Simulation(long seed, Optional<List<String>> traced) {
    this.random = new SplittableRandom(seed);
    this.traced = traced;
    this.wire = new SimulationWire(1 + random.nextInt(3));
    this.checker = new SimulationChecker(wire);
    this.broker = new SimulatedBroker(wire.partitions(), checker);
    this.world = new SimulatedWorld(checker);
    this.calm = random.nextInt(10) == 0;
    this.sessionTimeout = random.nextBoolean() ? 3_000 : 15_000;
    this.script = new SimulationScript(this, wire);
    for (SimulatedWorker worker : SimulatedWorker.ALL) {
      groups.put(worker, new SimulatedGroup(worker.name(), wire.partitions(), checker));
      int instances = 1 + random.nextInt(3);
      for (int slot = 1; slot <= instances; slot++) {
        processes.add(new SimulatedProcess(this, worker, Integer.toString(slot)));
      }
    }
  }

  /** What went wrong with a seed, with everything that led to it; empty when all laws held. Counts what happened. */
  static Optional<String> failure(long seed, Map<String, Integer> counts) {
    Simulation simulation = new Simulation(seed, Optional.empty());
    try {
      simulation.run();
      simulation.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
      return Optional.empty();
    } catch (AssertionError | IllegalStateException e) {
      return Optional.of("Seed " + seed + ": " + e + "\n" + trace(seed));
    }
  }

  /** What happens with a seed, line by line. */
  static String trace(long seed) {
    List<String> lines = new ArrayList<>();
    Simulation simulation = new Simulation(seed, Optional.of(lines));
    try {
      simulation.run();
    } catch (AssertionError | IllegalStateException e) {
      lines.add(e.toString());
    }
    return String.join("\n", lines);
  }

  private void run() {
    for (int step = 0; step < FAULTY_STEPS; step++) {
      if (!calm && random.nextInt(150) == 0) {
        fault();
      }
      step();
    }
    healed = true;
    trace(() -> "--- from here on nothing fails");
    for (int step = 0; step < HEALING_STEPS; step++) {
      step();
      if (step % 50 == 0 && isAtRest()) {
        script.atRest(checker);
        count("at rest");
        return;
      }
    }
    throw new AssertionError("not at rest: " + processes.stream().filter(p -> !p.isIdle()).toList());
  }

  private void step() {
    now += random.nextInt(20);
    script.step();
    broker.step(now, random);
    processes.get(random.nextInt(processes.size())).step();
  }

  private void fault() {
    SimulatedProcess process = processes.get(random.nextInt(processes.size()));
    int what = random.nextInt(8);
    if (what < 4) {
      count("crash");
      process.crash(random.nextInt(2_000));
    } else if (what < 6) {
      count("stop");
      process.stop(random.nextInt((int) sessionTimeout * 2));
    } else if (what < 7) {
      count("leave");
      process.leave(random.nextInt(2_000));
    } else {
      processes.stream().filter(p -> p.worker().equals(process.worker())).forEach(p -> p.leave(random.nextInt(500)));
      if (group(process.worker()).rewind()) {
        trace(() -> "the group of " + process.worker().name() + " is rewound");
        count("rewind");
      }
    }
  }

  private boolean isAtRest() {
    return script.isOver() && broker.isAtRest() && processes.stream().allMatch(SimulatedProcess::isIdle)
        && groups.entrySet().stream().allMatch(e -> hasReadAll(e.getKey(), e.getValue()));
  }

  private boolean hasReadAll(SimulatedWorker worker, SimulatedGroup group) {
    for (int partition = 0; partition < wire.partitions(); partition++) {
      if (group.committed(partition).orElse(-1L) < checker.end(worker.name(), partition)) {
        return false;
      }
    }
    return true;
  }

  void trace(Supplier<String> line) {
    traced.ifPresent(lines -> lines.add(now + " " + line.get()));
  }

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private boolean chance(int onceIn) {
    return !healed && !calm && random.nextInt(onceIn) == 0;
  }

  private boolean happens(String what, int onceIn) {
    boolean happens = chance(onceIn);
    if (happens) {
      count(what);
    }
    return happens;
  }

  boolean effectFails() {
    return happens("effect fails", 12);
  }

  /** Whether a handler that is cancelled does not hear it. */
  boolean isDeaf() {
    return happens("deaf handler", 3);
  }

  /** Whether somebody acted who no longer owned what it acted on. */
  boolean hadZombies() {
    return counts.containsKey("deaf handler") || counts.containsKey("stop");
  }

  Answer answer() {
    return chance(40) ? Answer.LOST_AFTER
        : chance(40) ? Answer.LOST_BEFORE : Answer.GIVEN;
  }

  long now() {
    return now;
  }

  long sessionTimeout() {
    return sessionTimeout;
  }

  int partitions() {
    return wire.partitions();
  }

  RandomGenerator random() {
    return random;
  }

  SimulatedBroker broker() {
    return broker;
  }

  SimulatedWorld world() {
    return world;
  }

  SimulatedGroup group(SimulatedWorker worker) {
    return Optional.ofNullable(groups.get(worker)).orElseThrow();
  }

  StateEntry entry(String key, byte[] value) {
    return wire.entry(key, value);
  }

  Dispatcher dispatcher(SimulatedWorker worker, StateRows rows) {
    return wire.dispatcher(worker, rows);
  }
}
