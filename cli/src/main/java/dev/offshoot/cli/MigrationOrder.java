package dev.offshoot.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which Flyway runs scripts: versioned ones by their version ({@code V1_2__name.sql}, numbers compared as
 * numbers), then all others by name.
 */
final class MigrationOrder implements Comparator<Path> {
  private static final int LONGEST_NUMBER = 30;

  @Override
  public int compare(Path left, Path right) {
    List<BigInteger> one = version(left);
    List<BigInteger> other = version(right);
    if (one.isEmpty() != other.isEmpty()) {
      return one.isEmpty() ? 1 : -1;
    }
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      int result = part(one, i).compareTo(part(other, i));
      if (result != 0) {
        return result;
      }
    }
    return left.compareTo(right);
  }

  private static BigInteger part(List<BigInteger> version, int index) {
    return index < version.size() ? version.get(index) : BigInteger.ZERO;
  }

  /** Empty where the name has none. */
  private static List<BigInteger> version(Path file) {
    String name = file.getFileName().toString();
    int end = name.indexOf("__");
    if (!name.startsWith("V") || end < 0) {
      return List.of();
    }
    List<BigInteger> parts = new ArrayList<>();
    for (String part : name.substring(1, end).replace('_', '.').split("\\.", -1)) {
      if (part.isEmpty() || part.length() > LONGEST_NUMBER || !part.chars().allMatch(each -> each >= '0' && each <= '9')) {
        return List.of();
      }
      parts.add(new BigInteger(part));
    }
    return List.copyOf(parts);
  }
}
