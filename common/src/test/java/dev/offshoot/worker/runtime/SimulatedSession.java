package dev.offshoot.worker.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

import dev.offshoot.wire.StateRows;
import dev.offshoot.wire.Topic;

/**
 * What {@code Session} does, one step at a time: its loop is cut at every place where a process can die or be stopped. The decisions are
 * the real {@link Dispatcher}'s.
 */
final class SimulatedSession {
  private final Simulation simulation;
  private final SimulatedWorker worker;
  private final String transactionalId;
  private final String member;
  private final SimulatedGroup group;
  private final SimulatedBroker broker;
  private final StateRows rows = new StateRows();
  private final long[] tailed;
  private final Dispatcher dispatcher;
  private final Map<Delivery, SimulatedRun> running = new LinkedHashMap<>();
  private final List<SimulatedRun> runs = new ArrayList<>();
  private final Deque<Completion> handedIn = new ArrayDeque<>();
  private final Map<Integer, Long> positions = new HashMap<>();
  private final Set<Integer> owned = new TreeSet<>();
  private Stage stage = Stage.INIT;
  private boolean initialised;
  private int producerEpoch;
  private int memberEpoch;
  private boolean joined;
  private int sent;
  private Optional<Transaction> transaction = Optional.empty();
  private long[] awaited = {};

  private enum Stage { INIT, LOAD, POLL, WARM, CATCH_UP, DELIVER, DRAFT, BEGIN, SEND, COMMIT, COMMITTED, START }

  SimulatedSession(Simulation simulation, SimulatedWorker worker, String slot, int life) {
    this.simulation = simulation;
    this.worker = worker;
    this.transactionalId = "offshoot-" + worker.name() + "-" + slot;
    this.member = transactionalId + "-" + life;
    this.group = simulation.group(worker);
    this.broker = simulation.broker();
    this.tailed = new long[simulation.partitions()];
    this.dispatcher = simulation.dispatcher(worker, rows);
  }

  /** Takes the next step; a {@link SimulatedDoubt} ends the session. */
  void step() {
    stage = switch (stage) {
      case INIT -> initialise();
      case LOAD -> caughtUp() ? join() : Stage.LOAD;
      case POLL -> poll();
      case WARM -> warm();
      case CATCH_UP -> caughtUp() ? warmed() : Stage.CATCH_UP;
      case DELIVER -> deliver();
      case DRAFT -> draft();
      case BEGIN -> begin();
      case SEND -> send();
      case COMMIT -> commit();
      case COMMITTED -> committed();
      case START -> start();
    };
  }

  private Stage initialise() {
    OptionalInt epoch = broker.init(transactionalId, initialised);
    initialised = true;
    if (epoch.isEmpty()) {
      return Stage.INIT;
    }
    producerEpoch = epoch.getAsInt();
    awaited = ends();
    return Stage.LOAD;
  }

  private long[] ends() {
    long[] ends = new long[tailed.length];
    for (int partition = 0; partition < ends.length; partition++) {
      ends[partition] = broker.log(Topic.STATE, partition).end();
    }
    return ends;
  }

  /** The table's own thread reads on. */
  void tail(int partition) {
    SimulatedLog.Fetched fetched = broker.log(Topic.STATE, partition).read(tailed[partition], 3);
    fetched.records().forEach(record -> rows.apply(simulation.entry(record.key(), record.value())));
    tailed[partition] = fetched.position();
  }

  private boolean caughtUp() {
    for (int partition = 0; partition < tailed.length; partition++) {
      if (tailed[partition] < awaited[partition]) {
        return false;
      }
    }
    return true;
  }

  private Stage join() {
    group.join(member);
    joined = true;
    return Stage.POLL;
  }

  private Stage poll() {
    Optional<SimulatedGroup.Heartbeat> heartbeat = group.heartbeat(member);
    Set<Integer> assigned = heartbeat.map(SimulatedGroup.Heartbeat::assigned).orElse(Set.of());
    Set<Integer> gone = new TreeSet<>(owned);
    gone.removeAll(assigned);
    Set<Integer> come = new TreeSet<>(assigned);
    come.removeAll(owned);
    if (!gone.isEmpty()) {
      revoke(gone);
      group.release(member, gone);
    }
    if (heartbeat.isEmpty()) {
      simulation.trace(() -> member + " was expelled");
      return join();
    }
    memberEpoch = heartbeat.get().epoch();
    if (!come.isEmpty()) {
      simulation.trace(() -> member + " assigned " + come + " in epoch " + memberEpoch);
      owned.addAll(come);
      dispatcher.assigned(come);
    }
    return dispatcher.cold().isEmpty() ? Stage.DELIVER : Stage.WARM;
  }

  private void revoke(Set<Integer> gone) {
    simulation.trace(() -> member + " revoked " + gone);
    owned.removeAll(gone);
    positions.keySet().removeAll(gone);
    dispatcher.revoked(gone).forEach(delivery ->
        Optional.ofNullable(running.remove(delivery)).ifPresent(run -> run.cancel(simulation.isDeaf())));
  }

  private Stage warm() {
    for (int partition : dispatcher.cold()) {
      Optional<Long> offset = group.committed(partition);
      if (offset.isEmpty()) {
        return Stage.WARM;
      }
      positions.put(partition, offset.get());
    }
    awaited = ends();
    return Stage.CATCH_UP;
  }

  private Stage warmed() {
    Map<Integer, Long> offsets = new HashMap<>();
    dispatcher.cold().forEach(partition -> offsets.put(partition, Optional.ofNullable(positions.get(partition)).orElseThrow()));
    dispatcher.warm(offsets);
    return Stage.DELIVER;
  }

  private Stage deliver() {
    for (int partition : owned) {
      if (!dispatcher.paused().contains(partition)) {
        SimulatedLog.Fetched fetched = broker.log(worker.topic(), partition)
            .read(Optional.ofNullable(positions.get(partition)).orElseThrow(), simulation.random().nextInt(4));
        fetched.records().forEach(record -> dispatcher.deliver(record)
            .flatMap(superseded -> Optional.ofNullable(running.get(superseded))).ifPresent(SimulatedRun::supersede));
        positions.put(partition, fetched.position());
      }
    }
    return Stage.DRAFT;
  }

  private Stage draft() {
    if (!broker.canBegin(transactionalId, producerEpoch)) {
      return Stage.DRAFT;
    }
    while (!handedIn.isEmpty()) {
      dispatcher.handIn(handedIn.remove());
    }
    transaction = dispatcher.transaction();
    return transaction.isPresent() ? Stage.BEGIN : Stage.START;
  }

  private Transaction drafted() {
    return transaction.orElseThrow();
  }

  private Stage begin() {
    broker.begin(transactionalId, producerEpoch);
    sent = 0;
    return Stage.SEND;
  }

  private Stage send() {
    if (sent == drafted().records().size()) {
      return offsets();
    }
    broker.send(transactionalId, producerEpoch, drafted().records().get(sent++));
    return Stage.SEND;
  }

  private Stage offsets() {
    group.add(broker.transaction(transactionalId, producerEpoch), member, memberEpoch, drafted().offsets());
    return Stage.COMMIT;
  }

  private Stage commit() {
    switch (simulation.answer()) {
      case GIVEN -> broker.commit(transactionalId, producerEpoch);
      case LOST_AFTER -> {
        broker.commit(transactionalId, producerEpoch);
        throw new SimulatedDoubt("answer lost after the commit", member);
      }
      case LOST_BEFORE -> throw new SimulatedDoubt("answer lost before the commit", member);
    }
    simulation.trace(() -> member + " committed " + drafted().kind() + " " + drafted().offsets() + " " + drafted().completions().stream()
        .map(c -> c.delivery().lane() + "@" + c.delivery().offset()).toList());
    return Stage.COMMITTED;
  }

  private Stage committed() {
    dispatcher.committed(drafted());
    drafted().completions().stream().filter(Completion.Finished.class::isInstance).forEach(c -> running.remove(c.delivery()));
    transaction = Optional.empty();
    return Stage.START;
  }

  private Stage start() {
    for (Dispatcher.Start start : dispatcher.start()) {
      SimulatedRun run = new SimulatedRun(start, worker, this, simulation, rows);
      if (start.superseded()) {
        run.supersede();
      }
      running.put(start.delivery(), run);
      runs.add(run);
    }
    return Stage.POLL;
  }

  /** One of the handlers takes a step, be it owner or zombie. */
  void stepRun() {
    if (!runs.isEmpty()) {
      SimulatedRun run = runs.get(simulation.random().nextInt(runs.size()));
      run.step();
      if (run.isOver()) {
        runs.remove(run);
      }
    }
  }

  /** The session ends in doubt while its process lives on: handlers are cancelled, and those that are deaf remain. */
  List<SimulatedRun> close() {
    running.values().forEach(run -> run.cancel(simulation.isDeaf()));
    group.leave(member);
    return runs.stream().filter(run -> !run.isOver()).toList();
  }

  /** The group no longer hears of it. */
  void expel() {
    group.leave(member);
  }

  boolean isIdle() {
    return joined && runs.isEmpty() && handedIn.isEmpty() && transaction.isEmpty() && dispatcher.backlog() == 0
        && !dispatcher.hasHandedIn();
  }

  void handIn(Completion completion) {
    handedIn.add(completion);
  }

  /** Whether, as the group sees it, nobody else may have the partition. */
  boolean owns(int partition) {
    return group.owns(member, partition);
  }
}
