package dev.offshoot.provisioner.solr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;

import dev.offshoot.environment.StoreSnapshot;
import dev.offshoot.fault.FaultPoint;
import dev.offshoot.management.Timings;
import dev.offshoot.provisioner.pool.Slot;
import dev.offshoot.provisioner.solr.Cores.Core;
import dev.offshoot.provisioner.store.OwnerTag;

/**
 * The slots of the pool. Solr's rename is no lock: two at once of one core leave it under both names, one onto a name that is taken loses
 * the core that had it, and one of a core that is gone succeeds.
 *
 * <p>Law: who wants a slot, to use it or to throw it away, first leaves a mark on it, then has it only if there is no other's. Of two that
 * come at once both may find the other's, and leave it; never do both have it. What is marked for long and was not renamed is of a dead
 * process.
 */
final class SolrSlots {
  private static final String USELESS = "useless";

  private final Namespaces namespaces;
  private final Timer timer = Timings.timer(Metrics.globalRegistry, "offshoot.pool.claim",
      "Time of the step that gives a ready copy to an environment", "store", "solr");

  SolrSlots(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  /** Those that stand under a slot's name, by their names. */
  List<Slot> all() {
    return slots(namespaces.list());
  }

  private static List<Slot> slots(List<Core> cores) {
    return cores.stream().flatMap(core -> slot(core).stream()).sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }

  private static Optional<Slot> slot(Core core) {
    return SolrNames.pooled(core).filter(snapshot -> core.name().startsWith(Slot.start(snapshot)))
        .map(snapshot -> new Slot(core.directory(), core.name(), snapshot));
  }

  /**
   * Gives any slot of a snapshot to an environment, under its name and with its tag; false when there is none. Nothing of its name may
   * stand yet.
   */
  boolean claim(OwnerTag tag, StoreSnapshot from) {
    List<Core> cores = namespaces.list();
    List<Slot> ready = new ArrayList<>(slots(cores).stream().filter(slot -> slot.snapshot().equals(from.name())).toList());
    if (ready.isEmpty()) {
      return false;
    }
    String unfinished = SolrNames.unfinished(tag.owner().name());
    cores.stream().map(Core::name).filter(unfinished::equals).findFirst().ifPresent(namespaces::remove);
    Collections.rotate(ready, tag.owner().name().hashCode() % ready.size());
    for (Slot slot : ready) {
      long began = System.nanoTime();
      if (taken(slot, tag)) {
        timer.record(Duration.ofNanos(System.nanoTime() - began));
        return true;
      }
    }
    return false;
  }

  private boolean taken(Slot slot, OwnerTag tag) {
    String name = tag.owner().name().value();
    FaultPoint.at("solr.pool.claim.before");
    if (!isAlone(slot, SolrNames.folder(tag))) {
      return false;
    }
    FaultPoint.at("solr.pool.claim.marked");
    namespaces.rename(slot.name(), name);
    FaultPoint.at("solr.pool.claim.after");
    return namespaces.find(name).filter(core -> core.directory().equals(slot.identity())).isPresent();
  }

  /** Leaves the mark; takes it away again where there is another's. */
  private boolean isAlone(Slot slot, String mark) {
    if (!namespaces.mark(slot.name(), mark)) {
      return false;
    }
    List<String> marks = namespaces.marks(slot.name());
    if (marks.equals(List.of(mark))) {
      return true;
    }
    namespaces.unmark(slot.name(), mark);
    return false;
  }

  boolean isMarked(Slot slot) {
    return !namespaces.marks(slot.name()).isEmpty();
  }

  /** Throws one away, unless an environment takes it now. */
  void drop(Slot slot) {
    if (isAlone(slot, USELESS)) {
      remove(slot);
    }
  }

  /** Whatever marks it has. */
  void remove(Slot slot) {
    FaultPoint.at("solr.pool.drop.before");
    namespaces.remove(slot.name());
    FaultPoint.at("solr.pool.drop.after");
  }

  /** Those of one snapshot, whose backup is written anew. */
  void dropAll(String snapshot) {
    all().stream().filter(slot -> slot.snapshot().equals(snapshot)).forEach(this::drop);
  }
}
