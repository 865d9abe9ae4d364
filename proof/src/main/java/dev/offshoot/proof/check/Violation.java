package dev.offshoot.proof.check;

/**
 * An invariant that does not hold.
 *
 * @param environment its name; the resource's or the topic's where the environment is not known
 * @param evidence what was seen, with its place, so that it can be looked at
 */
public record Violation(Invariant invariant, String environment, String evidence) {
  @Override
  public String toString() {
    return invariant.label() + " " + environment + ": " + evidence;
  }
}
