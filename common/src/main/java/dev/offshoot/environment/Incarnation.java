package dev.offshoot.environment;

/**
 * Which creation of an environment this is, counted from 1. It is part of every resource's name, so a late writer can only touch
 * what is already dead.
 */
public record Incarnation(int number) implements Comparable<Incarnation> {
  public static final Incarnation FIRST = new Incarnation(1);

  public Incarnation {
    if (number < 1 || number > 999_999) {
      throw new IllegalArgumentException("An incarnation is a number from 1 to 999999, not " + number);
    }
  }

  public Incarnation next() {
    return new Incarnation(number + 1);
  }

  public boolean isOlderThan(Incarnation other) {
    return number < other.number;
  }

  @Override
  public int compareTo(Incarnation other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}
