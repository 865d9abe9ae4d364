package dev.offshoot.reporter.model;

import java.util.List;

/**
 * The beginning of a list that a stranger could have made long.
 *
 * @param more how many were left out
 */
public record Excerpt<T>(List<T> items, int more) {
  public Excerpt {
    items = List.copyOf(items);
  }

  public static <T> Excerpt<T> of(List<T> all, int most) {
    return new Excerpt<>(all.subList(0, Math.min(most, all.size())), Math.max(0, all.size() - most));
  }

  public static <T> Excerpt<T> all(List<T> all) {
    return new Excerpt<>(all, 0);
  }

  public Excerpt<T> first(int most) {
    Excerpt<T> cut = of(items, most);
    return new Excerpt<>(cut.items, cut.more + more);
  }

  public int total() {
    return items.size() + more;
  }

  public boolean isEmpty() {
    return items.isEmpty() && more == 0;
  }
}
