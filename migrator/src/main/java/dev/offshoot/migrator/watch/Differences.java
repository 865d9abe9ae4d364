package dev.offshoot.migrator.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.offshoot.evidence.LockMode;
import dev.offshoot.evidence.Method;
import dev.offshoot.evidence.Relation;
import dev.offshoot.evidence.RelationSize;
import dev.offshoot.evidence.Rewrite;
import dev.offshoot.evidence.RowCounts;

/** The relations as last seen, and what a statement changed of them. */
final class Differences {
  private final Map<Long, Known> known;
  private final String history;

  /** @param history Flyway's own table, which is left out */
  Differences(Map<Long, Known> known, String history) {
    this.known = new HashMap<>(known);
    this.history = history;
  }

  Optional<Known> of(long number) {
    return Optional.ofNullable(known.get(number)).filter(one -> !one.belongsTo(history));
  }

  /** As it is now, or as it was before it was dropped. */
  Optional<Known> named(long number, Look.Held held) {
    return held.now().filter(one -> !one.belongsTo(history)).or(() -> of(number));
  }

  /** What a statement did within a transaction, between two looks; from now on the second is known. */
  Changes between(Look before, Look after) {
    List<Rewrite> rewrites = new ArrayList<>();
    List<RelationSize> sizes = new ArrayList<>();
    List<RowCounts.TableRows> rows = new ArrayList<>();
    after.held().forEach((number, held) -> {
      Look.Held earlier = before.of(number);
      Look.Counts counts = held.counts().since(earlier.counts());
      named(number, held).filter(_ -> counts.any()).ifPresent(one -> rows.add(
          new RowCounts.TableRows(one.relation(), counts.inserted(), counts.updated(), counts.deleted())));
      boolean wanted = held.modes().stream()
          .anyMatch(mode -> mode.compareTo(LockMode.ROW_EXCLUSIVE) >= 0 && !earlier.modes().contains(mode));
      compare(number, held.now(), wanted, rewrites, sizes);
    });
    return new Changes(Optional.of(new RowCounts(rows, Method.OWN_COUNTERS)), rewrites, sizes);
  }

  /** What a statement without a transaction did, by the whole catalogue; from now on that is known. */
  Changes whole(Map<Long, Known> now, SeenWhileRunning seen) {
    List<Rewrite> rewrites = new ArrayList<>();
    List<RelationSize> sizes = new ArrayList<>();
    Map<Long, Known> all = new HashMap<>(known);
    all.putAll(now);
    all.keySet().forEach(number -> {
      boolean wanted = seen.locks().keySet().stream()
          .anyMatch(key -> key.relation() == number && key.mode().compareTo(LockMode.ROW_EXCLUSIVE) >= 0);
      compare(number, Optional.ofNullable(now.get(number)), wanted, rewrites, sizes);
    });
    return new Changes(Optional.empty(), rewrites, sizes);
  }

  private void compare(long number, Optional<Known> now, boolean wanted, List<Rewrite> rewrites, List<RelationSize> sizes) {
    Optional<Known> was = of(number);
    Optional<Known> is = now.filter(one -> !one.belongsTo(history));
    was.filter(old -> old.file() != 0).ifPresent(old -> is.filter(one -> one.file() != 0 && one.file() != old.file())
        .ifPresent(one -> rewrites.add(new Rewrite(one.relation(), old.file(), one.file(), one.bytes(), Method.CATALOGUE))));
    Optional<Long> before = was.filter(Known::isStored).map(Known::bytes);
    Optional<Long> after = is.filter(one -> one.isStored() || (was.isEmpty() && one.relation().kind() == Relation.Kind.PARTITIONED_TABLE))
        .map(Known::bytes); // a new partitioned table has nothing, but is to be known as new
    if ((before.isPresent() || after.isPresent()) && (wanted || !before.equals(after))) {
      Known named = is.or(() -> was).orElseThrow();
      sizes.add(new RelationSize(named.relation(), before, after, was.flatMap(Known::rows), Method.CATALOGUE));
    }
    now.ifPresentOrElse(one -> known.put(number, one), () -> known.remove(number));
  }

  /** @param rows empty when they were not counted */
  record Changes(Optional<RowCounts> rows, List<Rewrite> rewrites, List<RelationSize> sizes) {}
}
