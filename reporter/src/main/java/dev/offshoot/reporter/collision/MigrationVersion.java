package dev.offshoot.reporter.collision;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A migration's version, compared as Flyway compares: number by number between dots and underscores, where what is missing
 * is zero (Flyway documentation, "Versioned migrations").
 */
public record MigrationVersion(List<BigInteger> parts) implements Comparable<MigrationVersion> {
  /** Nobody counts so far, and reading a longer number would take its time. */
  private static final int LONGEST_PART = 40;

  public MigrationVersion {
    List<BigInteger> trimmed = new ArrayList<>(parts);
    while (!trimmed.isEmpty() && trimmed.getLast().signum() == 0) {
      trimmed.removeLast();
    }
    parts = List.copyOf(trimmed);
  }

  /** What is no number counts as zero. */
  public static MigrationVersion of(String text) {
    List<BigInteger> parts = new ArrayList<>();
    for (String part : text.split("[._]", -1)) {
      boolean number = !part.isEmpty() && part.length() <= LONGEST_PART
          && part.chars().allMatch(c -> c >= '0' && c <= '9');
      parts.add(number ? new BigInteger(part) : BigInteger.ZERO);
    }
    return new MigrationVersion(parts);
  }

  @Override
  public int compareTo(MigrationVersion other) {
    for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      int order = part(i).compareTo(other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private BigInteger part(int index) {
    return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
  }
}
