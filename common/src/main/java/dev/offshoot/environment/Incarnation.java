package dev.offshoot.environment;

/**
 * The how-manieth creation of an environment this is, from 1.
 */
public record Incarnation(int number) {
  public Incarnation {
    if (number < 1) {
      throw new IllegalArgumentException("An incarnation counts from 1, not " + number);
    }
  }
}
