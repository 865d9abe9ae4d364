package dev.offshoot.worker.runtime;

import static dev.offshoot.worker.runtime.SimulationChecker.require;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.ProducerRecord;

import dev.offshoot.environment.Commit;
import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.EnvironmentState;
import dev.offshoot.environment.GitRef;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Origin;
import dev.offshoot.environment.Phase;
import dev.offshoot.environment.Presence;
import dev.offshoot.environment.RepositoryKey;
import dev.offshoot.event.EventId;
import dev.offshoot.event.EventSource;
import dev.offshoot.event.Message;
import dev.offshoot.event.Request;
import dev.offshoot.wire.Partitions;
import dev.offshoot.wire.StateRows;
import dev.offshoot.wire.Topic;

/** What people do meanwhile, told late, twice and in any order; and what must have come of it in the end. */
final class SimulationScript {
  private static final List<Origin> ORIGINS = IntStream.range(0, 4)
      .mapToObj(n -> Origin.ofBranch(new RepositoryKey("shop"), GitRef.ofBranch("feature/n" + n))).toList();
  private static final EventSource SOURCE = new EventSource("/offshoot/webhooks/shop");
  private static final int SPAN_MS = 9_000;

  private final Simulation simulation;
  private final SimulationWire wire;
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private final Set<EnvironmentId> endedByCommand = new HashSet<>();
  private int told;

  private record Due(long at, int order, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at, other.at);
      return byTime == 0 ? Integer.compare(order, other.order) : byTime;
    }
  }

  SimulationScript(Simulation simulation, SimulationWire wire) {
    this.simulation = simulation;
    this.wire = wire;
    int actions = 2 + simulation.random().nextInt(8);
    int environments = 1 + simulation.random().nextInt(ORIGINS.size());
    for (int number = 1; number <= actions; number++) {
      Origin origin = ORIGINS.get(simulation.random().nextInt(environments));
      Commit commit = new Commit("%040x".formatted(number));
      int what = number == 1 ? 0 : simulation.random().nextInt(20);
      at(simulation.random().nextInt(SPAN_MS), () -> act(what, origin, commit));
    }
  }

  private void at(long time, Runnable what) {
    due.add(new Due(time, due.size(), what));
  }

  private void act(int what, Origin origin, Commit commit) {
    EnvironmentId id = origin.environment();
    if (what < 10) {
      simulation.world().push(id, commit);
      tell(new Request.BranchPushed(origin, commit, false, false, "ann"));
    } else if (what < 14) {
      simulation.world().deleteBranch(id);
      tell(new Request.BranchDeleted(origin, "ann"));
    } else if (what < 16) {
      endedByCommand.add(id);
      tell(new Request.DestroyRequested(origin, "no longer needed", "ann"));
    } else if (what < 18) {
      tell(new Request.CreateRequested(origin, Optional.empty(), "ann"));
    } else if (what < 19) {
      tell(new Request.ChangeClosed(origin, 1, "ann"));
    } else {
      simulation.count("junk");
      simulation.broker().publish(new ProducerRecord<>(Topic.REQUESTS.topicName(), Partitions.of(id, wire.partitions()),
          id.value(), "no event".getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void tell(Request request) {
    Message message = Message.first(new EventId("m" + ++told), SOURCE, Instant.EPOCH, request);
    int times = simulation.random().nextInt(4) == 0 ? 2 : 1;
    for (int i = 0; i < times; i++) {
      at(simulation.now() + simulation.random().nextInt(3_000), () -> {
        simulation.trace(() -> "told " + message.id() + " " + request);
        simulation.count("told");
        simulation.broker().publish(wire.record(message));
      });
    }
  }

  void step() {
    while (!due.isEmpty() && due.element().at() <= simulation.now()) {
      due.remove().what().run();
    }
  }

  boolean isOver() {
    return due.isEmpty();
  }

  /** Everything was told and done: what stands must be what was wanted last. */
  void atRest(SimulationChecker checker) {
    StateRows rows = new StateRows();
    for (int partition = 0; partition < wire.partitions(); partition++) {
      simulation.broker().log(Topic.STATE, partition).read(0, Integer.MAX_VALUE).records()
          .forEach(record -> rows.apply(wire.entry(record.key(), record.value())));
    }
    ORIGINS.forEach(origin -> atRest(rows.of(origin.environment()), checker));
  }

  private void atRest(EnvironmentState state, SimulationChecker checker) {
    Optional<Commit> tip = simulation.world().tip(state.id());
    Phase phase = state.phase();
    require(state.presence().equals(checker.presence(state.id())), state.id() + " was decided otherwise than it is seen");
    require(phase == Phase.READY || phase == Phase.DESTROYED || phase == Phase.REQUESTED, state.id() + " stays " + phase);
    boolean atTip = tip.isPresent() && tip.equals(state.presence().flatMap(Presence::tip));
    if (tip.isEmpty() || phase == Phase.READY) {
      require(tip.isPresent() == (phase == Phase.READY), state.id() + " is " + phase + " while its branch is " + tip);
    }
    require(phase != Phase.READY || atTip, state.id() + " is not at the newest commit " + tip);
    if (tip.isPresent() && phase != Phase.READY) {
      require(endedByCommand.contains(state.id()), state.id() + " was forgotten: " + phase);
    }
    Optional<Integer> live = state.presence().map(Presence::intent).filter(Intent.Standing.class::isInstance)
        .map(intent -> intent.incarnation().number());
    List<Integer> garbage = simulation.world().sweep(state.id(), live);
    require(garbage.isEmpty() || simulation.hadZombies(), state.id() + " leaks " + garbage);
    simulation.world().databases(state.id()).forEach((_, database) ->
        require(database.isBuilt() && database.schema().equals(tip), state.id() + " says ready, but is at " + database.schema()));
    require(simulation.world().databases(state.id()).keySet().equals(live.map(Set::of).orElse(Set.of())), state.id() + " is lost");
  }
}
