package dev.offshoot.proof.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What only the driver knows of a scenario. By itself every branch but the default one is expected to have a ready environment at its tip,
 * and every environment whose branch is gone to be destroyed.
 *
 * @param acknowledged the deliveries that were answered "accepted" and that are about a branch
 * @param fates what is expected of branches otherwise, also of ones that are gone
 * @param poison records of the scenario that no worker can handle
 * @param refused branches about which something was asked that had to be refused, and is a dead letter
 */
public record Expectation(Set<Delivery> acknowledged, Map<Branch, Fate> fates, Set<Position> poison, Set<Branch> refused) {
  /** Nothing special happened. */
  public static final Expectation NOTHING = new Expectation(Set.of(), Map.of(), Set.of(), Set.of());

  public Expectation {
    acknowledged = Set.copyOf(acknowledged);
    fates = Map.copyOf(fates);
    poison = Set.copyOf(poison);
    refused = Set.copyOf(refused);
  }

  /** What is to become of a branch's environment. */
  public enum Fate {
    /** It is ready at the branch's tip. */
    READY,
    /** It stands, and says why the tip's migrations could not be applied. */
    BROKEN,
    /** It is destroyed although the branch lives: merged, swept, or by a person's command. */
    GIVEN_UP,
    /** No delivery has told of the branch's newest state: whether it has an environment and at which commit is open. */
    UNTOLD
  }

  /**
   * A delivery of a git host.
   *
   * @param repository the hook's name: the repository's key
   * @param id of the git host, as in {@code X-GitHub-Delivery}
   */
  public record Delivery(String repository, String id) {}

  /**
   * A branch.
   *
   * @param ref the full ref: {@code refs/heads/…}
   */
  public record Branch(String repository, String ref) {}

  /** A record's place. */
  public record Position(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  Fate fate(Branch branch) {
    return fates.getOrDefault(branch, Fate.READY);
  }

  public Expectation withAcknowledged(Set<Delivery> deliveries) {
    return new Expectation(and(acknowledged, deliveries), fates, poison, refused);
  }

  public Expectation with(Branch branch, Fate fate) {
    Map<Branch, Fate> all = new HashMap<>(fates);
    all.put(branch, fate);
    return new Expectation(acknowledged, all, poison, refused);
  }

  public Expectation withPoison(Set<Position> records) {
    return new Expectation(acknowledged, fates, and(poison, records), refused);
  }

  public Expectation withRefused(Branch branch) {
    return new Expectation(acknowledged, fates, poison, and(refused, Set.of(branch)));
  }

  private static <T> Set<T> and(Set<T> before, Set<T> more) {
    Set<T> all = new HashSet<>(before);
    all.addAll(more);
    return all;
  }
}
