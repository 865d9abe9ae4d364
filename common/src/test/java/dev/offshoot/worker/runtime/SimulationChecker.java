package dev.offshoot.worker.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import dev.offshoot.environment.EnvironmentId;
import dev.offshoot.environment.Intent;
import dev.offshoot.environment.Presence;
import dev.offshoot.event.LifecycleEvent;
import dev.offshoot.event.Message;
import dev.offshoot.event.Subject;
import dev.offshoot.wire.StateEntry;
import dev.offshoot.wire.Topic;

/**
 * What must hold whatever happens, judged from outside: from what stands on the topics, what the group has committed and what was done
 * to the world. It asks nothing of the runtime.
 */
final class SimulationChecker {
  private final SimulationWire wire;
  private final Map<SimulatedLog, Long> readTo = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private final Set<String> said = new HashSet<>();
  private final Map<EnvironmentId, Integer> accepted = new HashMap<>();
  private final Map<String, List<Inbox>> inboxes = new HashMap<>();
  private final Set<String> finished = new HashSet<>();
  private final Map<String, Long> cursors = new HashMap<>();
  private final Map<EnvironmentId, StateEntry.OfFacet> presences = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();

  /** A record that a worker is to read. */
  private record Inbox(long offset, String lane, boolean taken, boolean update) {}

  SimulationChecker(SimulationWire wire) {
    this.wire = wire;
  }

  static void require(boolean holds, String law) {
    if (!holds) {
      throw new AssertionError(law);
    }
  }

  /** A transaction will be seen, sooner or later on each partition. */
  void decided(SimulatedTransaction transaction) {
    for (ProducerRecord<String, byte[]> record : transaction.records()) {
      if (record.topic().equals(Topic.STATE.topicName())) {
        decided(wire.entry(record.key(), record.value()), Optional.ofNullable(record.partition()).orElseThrow());
      } else if (record.topic().equals(Topic.DEAD_LETTERS.topicName())) {
        // junk has no lane of an environment, so no cursor: its letter may come again, naming the same record
        finished.add(SimulationWire.header(record.headers(), "worker") + " " + SimulationWire.header(record.headers(), "partition") + "@"
            + SimulationWire.header(record.headers(), "offset"));
      }
    }
  }

  private void decided(StateEntry entry, int partition) {
    switch (entry) {
      case StateEntry.OfCursor c -> {
        String lane = c.worker() + " " + c.environment();
        long before = cursors.getOrDefault(lane, -1L);
        require(c.cursor().offset() >= before, "the cursor of " + lane + " goes back from " + before + " to " + c.cursor().offset());
        if (c.cursor().offset() > before) {
          cursors.put(lane, c.cursor().offset());
          finished.add(c.worker() + " " + partition + "@" + c.cursor().offset());
        }
      }
      case StateEntry.OfFacet f when f.facet() instanceof Presence -> presences.put(f.environment(), f);
      case StateEntry.OfFacet _ -> {}
    }
  }

  /** Reads on as any consumer would that takes only what is committed. */
  void read(Collection<SimulatedLog> logs) {
    for (SimulatedLog log : logs) {
      if (log.stableEnd() == readTo.getOrDefault(log, 0L)) {
        continue;
      }
      SimulatedLog.Fetched fetched = log.read(readTo.getOrDefault(log, 0L), Integer.MAX_VALUE);
      readTo.put(log, fetched.position());
      fetched.records().forEach(this::read);
    }
  }

  private void read(ConsumerRecord<String, byte[]> record) {
    if (record.topic().equals(Topic.STATE.topicName())) {
      long version = wire.entry(record.key(), record.value()).version();
      long before = versions.getOrDefault(record.key(), 0L);
      require(version == before + 1, record.key() + " has version " + version + " after " + before);
      versions.put(record.key(), version);
      return;
    }
    for (SimulatedWorker worker : SimulatedWorker.ALL) {
      if (worker.topic().topicName().equals(record.topic())) {
        Optional<Message> message = wire.message(record);
        inboxes.computeIfAbsent(worker.name() + " " + record.partition(), _ -> new ArrayList<>()).add(new Inbox(record.offset(),
            message.map(m -> m.environment().value()).orElse("undecodable"),
            message.map(m -> worker.takes(m.event())).orElse(true),
            message.map(m -> m.event().isUpdate()).orElse(false)));
        message.filter(m -> m.event() instanceof LifecycleEvent).ifPresent(this::read);
      }
    }
  }

  private void read(Message message) {
    String lane = message.source() + " " + message.environment();
    long before = sequences.getOrDefault(lane, 0L);
    require(message.sequence() == before + 1, lane + " says event " + message.sequence() + " after " + before);
    sequences.put(lane, message.sequence());
    require(said.add(message.source() + " " + message.id()), "event " + message.id() + " is said twice");
    String type = message.event().getClass().getSimpleName();
    Subject subject = ((LifecycleEvent) message.event()).subject();
    require(said.add(type + " for " + message.cause() + subject), message.cause() + " leads to two " + type + " of " + subject);
    int incarnation = subject.incarnation().number();
    String once = type + " " + message.environment() + " " + incarnation;
    if (message.event() instanceof LifecycleEvent.EnvironmentAccepted) {
      require(incarnation > accepted.getOrDefault(message.environment(), 0), once + " is no new incarnation");
      accepted.put(message.environment(), incarnation);
    }
    if (message.event() instanceof LifecycleEvent.EnvironmentDeleted || message.event() instanceof LifecycleEvent.StoresReady
        || message.event() instanceof LifecycleEvent.EnvironmentCreated) {
      require(said.add(once), once + " is said twice");
    }
  }

  /** Offsets of a group have been committed: they must not pass what nobody has dealt with. */
  void offsets(String worker, Map<Integer, Long> before, Map<Integer, Long> after) {
    after.forEach((partition, offset) -> {
      long from = before.getOrDefault(partition, 0L);
      require(offset >= from, "the offset of " + worker + " on " + partition + " goes back from " + from + " to " + offset);
      List<Inbox> inbox = inboxes.getOrDefault(worker + " " + partition, List.of());
      for (int i = 0; i < inbox.size() && inbox.get(i).offset() < offset; i++) {
        if (inbox.get(i).offset() >= from) {
          require(isDealtWith(worker, partition, inbox, i),
              "the offset of " + worker + " passes " + partition + "@" + inbox.get(i).offset() + ", which nobody has dealt with");
        }
      }
    });
  }

  private boolean isDealtWith(String worker, int partition, List<Inbox> inbox, int index) {
    Inbox record = inbox.get(index);
    if (!record.taken() || finished.contains(worker + " " + partition + "@" + record.offset())) {
      return true;
    }
    return record.update() && inbox.stream().skip(index + 1L).filter(r -> r.taken() && r.lane().equals(record.lane())).findFirst()
        .filter(Inbox::update).isPresent();
  }

  /** How far a worker must have come on a partition once all is done. */
  long end(String worker, int partition) {
    List<Inbox> inbox = inboxes.getOrDefault(worker + " " + partition, List.of());
    return inbox.isEmpty() ? 0 : inbox.getLast().offset() + 1;
  }

  Optional<Presence> presence(EnvironmentId environment) {
    return Optional.ofNullable(presences.get(environment)).map(f -> (Presence) f.facet());
  }

  /** Somebody makes, or goes on making, a database. */
  void creates(EnvironmentId environment, int incarnation, SimulatedWorld.Actor actor) {
    String database = environment + " " + incarnation;
    Optional<Intent> intent = presence(environment).map(Presence::intent);
    require(intent.filter(i -> i.incarnation().number() >= incarnation).isPresent(), database + " is made without an intent");
    if (actor == SimulatedWorld.Actor.OWNER) {
      require(intent.filter(Intent.Creating.class::isInstance).filter(i -> i.incarnation().number() == incarnation).isPresent(),
          database + " is made though the decision is " + intent);
      require(!deleted.contains(database), database + " is made again");
    } else {
      deleted.remove(database);
    }
  }

  /** Somebody removes a database that is there. */
  void deletes(EnvironmentId environment, int incarnation, SimulatedWorld.Database database, SimulatedWorld.Actor actor) {
    String name = environment + " " + incarnation;
    Intent intent = presence(environment).orElseThrow(() -> new AssertionError(name + " is destroyed without an intent")).intent();
    boolean destroyed = intent instanceof Intent.Destroying || (actor == SimulatedWorld.Actor.ZOMBIE && intent instanceof Intent.Destroyed);
    boolean dead = intent.incarnation().number() > incarnation;
    require(destroyed || (dead && actor == SimulatedWorld.Actor.ZOMBIE), name + " is destroyed though the decision is " + intent);
    require(!database.isBuilt() || database.isBackedUp(), name + " is destroyed without a backup");
    require(deleted.add(name), name + " is destroyed twice");
  }
}
