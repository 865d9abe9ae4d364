package dev.offshoot.provisioner.store;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something of an environment that a store holds. */
public record Found(Owner owner, Condition condition) {

  /** What it is; of several remains of one incarnation the last of these counts. */
  public enum Condition {
    /** Begun and never finished: nobody has used it. */
    UNFINISHED,
    /** Closed and kept as a backup. */
    KEPT,
    /** Finished, and possibly in use. */
    STANDING
  }

  /** One for each incarnation. */
  public static List<Found> onePerOwner(Collection<Found> all) {
    Map<Owner, Found> found = new LinkedHashMap<>();
    all.forEach(one -> found.merge(one.owner(), one, (a, b) -> a.condition().compareTo(b.condition()) < 0 ? b : a));
    return List.copyOf(found.values());
  }
}
