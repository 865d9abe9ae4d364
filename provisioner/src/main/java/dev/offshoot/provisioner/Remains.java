package dev.offshoot.provisioner;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.offshoot.environment.Epoch;
import dev.offshoot.environment.Incarnation;
import dev.offshoot.provisioner.EnvironmentStores.Holding;
import dev.offshoot.provisioner.store.Found.Condition;
import dev.offshoot.provisioner.store.Owner;
import dev.offshoot.provisioner.store.OwnerTag;

/** What the stores hold of an environment of which nothing is known. */
sealed interface Remains {

  /**
   * All stores of one incarnation stand, made by one intent, from a snapshot that can be cloned; of several the oldest.
   *
   * @param newest the highest incarnation of which anything is held
   */
  record Whole(OwnerTag tag, Incarnation newest) implements Remains {}

  /** Nothing but backups: it was destroyed. */
  record Backups(List<Holding> holdings, Incarnation newest) implements Remains {
    public Backups {
      holdings = List.copyOf(holdings);
    }
  }

  /** Something that cannot be taken up where it was left. */
  record Broken(Incarnation newest, String why) implements Remains {}

  record None() implements Remains {}

  /** @param epochs those that can be cloned */
  static Remains of(List<Holding> held, EnvironmentStores stores, List<Epoch> epochs) throws InterruptedException {
    Optional<Incarnation> newest = held.stream().map(h -> h.found().owner().incarnation()).max(Comparator.naturalOrder());
    if (newest.isEmpty()) {
      return new None();
    }
    // while a rebuild is under way the older one serves, and has people's rows: the younger is only an attempt
    List<Owner> oldestFirst = held.stream().filter(h -> h.found().condition() == Condition.STANDING)
        .map(h -> h.found().owner()).distinct().sorted(Comparator.comparing(Owner::incarnation)).toList();
    Optional<String> why = Optional.empty();
    for (Owner owner : oldestFirst) {
      Optional<OwnerTag> tag = stores.tag(owner);
      Optional<Epoch> epoch = tag.flatMap(t -> epochs.stream().filter(e -> e.id().equals(t.epoch())).findFirst());
      if (tag.isPresent() && epoch.isPresent() && stores.haveAll(tag.get(), epoch.get())) {
        return new Whole(tag.get(), newest.get());
      }
      String problem = tag.isPresent() && epoch.isEmpty()
          ? "the snapshot " + tag.get().epoch() + " of incarnation " + owner.incarnation() + " is gone"
          : "not all stores of incarnation " + owner.incarnation() + " are there";
      why = why.or(() -> Optional.of(problem));
    }
    boolean destroyed = held.stream().allMatch(h -> h.found().condition() == Condition.KEPT);
    return destroyed
        ? new Backups(held, newest.get())
        : new Broken(newest.get(), why.orElse("incarnation " + newest.get() + " was never finished"));
  }
}
