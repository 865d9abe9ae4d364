package dev.offshoot.environment;

import java.util.Collection;
import java.util.List;

/**
 * What a branch's migrations lay hands on, small enough for the state table, so that branches that collide can be found without
 * reading their reports.
 *
 * @param versions that the branch adds to its snapshot, in order; at most {@value #MOST}
 * @param tables that it changes, qualified and sorted; at most {@value #MOST}
 * @param all whether nothing was left out
 */
public record Touches(List<String> versions, List<String> tables, boolean all) {
  public static final int MOST = 60;
  private static final int LONGEST = 130;

  public Touches {
    versions = List.copyOf(versions);
    tables = List.copyOf(tables);
  }

  /** As far as there is room. */
  public static Touches of(Collection<String> versions, Collection<String> tables) {
    List<String> fitting = versions.stream().distinct().filter(Touches::fits).toList();
    List<String> named = tables.stream().distinct().filter(Touches::fits).sorted().toList();
    boolean all = fitting.size() <= MOST && named.size() <= MOST
        && versions.stream().allMatch(Touches::fits) && tables.stream().allMatch(Touches::fits);
    return new Touches(fitting.subList(0, Math.min(MOST, fitting.size())), named.subList(0, Math.min(MOST, named.size())), all);
  }

  private static boolean fits(String name) {
    return !name.isEmpty() && name.length() <= LONGEST;
  }
}
