package dev.offshoot.worker.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A consumer group as KIP-848 keeps it: who is to own which partition, who still does, and what was committed. As measured on a real
 * broker, a commit is checked against the member's epoch, and only if that is old against the partitions it owns.
 */
final class SimulatedGroup {
  private final String worker;
  private final int partitions;
  private final SimulationChecker checker;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<Integer, Long> committed = new HashMap<>();
  private final Map<Integer, Integer> pending = new HashMap<>();
  private int epoch;

  private static final class Member {
    private int epoch;
    private final Set<Integer> owned = new TreeSet<>();
    private final Set<Integer> target = new TreeSet<>();
  }

  /** What a member is told: its epoch, and what it is to own now. */
  record Heartbeat(int epoch, Set<Integer> assigned) {}

  SimulatedGroup(String worker, int partitions, SimulationChecker checker) {
    this.worker = worker;
    this.partitions = partitions;
    this.checker = checker;
  }

  void join(String member) {
    members.put(member, new Member());
    rebalance();
  }

  void leave(String member) {
    if (members.remove(member) != null) {
      rebalance();
    }
  }

  private void rebalance() {
    epoch++;
    members.values().forEach(m -> m.target.clear());
    Member[] all = members.values().toArray(Member[]::new);
    for (int partition = 0; partition < partitions && all.length > 0; partition++) {
      all[(partition + epoch) % all.length].target.add(partition);
    }
  }

  /** Answers what is the member's now; empty when it was expelled. What it owns beyond that it must give up with {@link #release}. */
  Optional<Heartbeat> heartbeat(String id) {
    Member member = members.get(id);
    if (member == null) {
      return Optional.empty();
    }
    if (member.target.containsAll(member.owned)) {
      member.epoch = epoch;
      for (int partition : member.target) {
        if (members.values().stream().noneMatch(m -> m.owned.contains(partition))) {
          member.owned.add(partition);
        }
      }
    }
    Set<Integer> assigned = new TreeSet<>(member.owned);
    assigned.retainAll(member.target);
    return Optional.of(new Heartbeat(member.epoch, assigned));
  }

  /** The member has let go. */
  void release(String id, Set<Integer> revoked) {
    Optional.ofNullable(members.get(id)).ifPresent(member -> member.owned.removeAll(revoked));
  }

  boolean owns(String id, int partition) {
    Member member = members.get(id);
    return member != null && member.owned.contains(partition);
  }

  /** Takes offsets of a transaction, to count once that is committed. */
  void add(SimulatedTransaction transaction, String id, int memberEpoch, Map<Integer, Long> offsets) {
    Member member = members.get(id);
    boolean old = member != null && memberEpoch < member.epoch;
    if (member == null || (old && !member.owned.containsAll(offsets.keySet()))) {
      throw new SimulatedDoubt("commit of a stale member", id);
    }
    transaction.add(this, offsets);
    offsets.keySet().forEach(partition -> pending.merge(partition, 1, Integer::sum));
  }

  void decided(Map<Integer, Long> offsets, boolean counts) {
    offsets.keySet().forEach(partition -> pending.merge(partition, -1, Integer::sum));
    if (counts) {
      checker.offsets(worker, committed, offsets);
      committed.putAll(offsets);
    }
  }

  /** The committed offset, 0 before the first; empty while a transaction that would change it is undecided. */
  Optional<Long> committed(int partition) {
    return pending.getOrDefault(partition, 0) > 0 ? Optional.empty() : Optional.of(committed.getOrDefault(partition, 0L));
  }

  /** An operator sets a group without members back. */
  boolean rewind() {
    if (members.isEmpty() && pending.values().stream().allMatch(count -> count == 0)) {
      committed.clear();
      return true;
    }
    return false;
  }
}
