package dev.offshoot.proof.check;

/** What must hold of every installation, whatever died. */
public enum Invariant {
  ONE_ENVIRONMENT("I1", "a live branch has exactly one environment, made once per incarnation, at the branch's tip"),
  NO_ORPHANS("I2", "every resource belongs to an environment that stands, or to a receipt"),
  DESTROYED_ONCE("I3", "an incarnation is destroyed at most once, and never once a newer one began"),
  KEPT("I4", "what was destroyed is kept as its receipts say"),
  ORDER("I5", "events of an environment and a source have no gap, no repetition and no older incarnation"),
  ACKNOWLEDGED("I6", "an acknowledged delivery is in offshoot.requests"),
  MIGRATIONS("I7", "the applied migrations are those of the commit the environment is said to be at"),
  SECRETS("I8", "no credential is in a topic or a log"),
  UNMASKED("I9", "a value of Staging's that must be masked is where no environment can come"),
  SETTLED("I10", "every environment comes to ready, failed or destroyed"),
  INTENT_FIRST("intent", "what is made or removed was written down first"),
  COUNTED("counted", "versions of facets and cursors count by one, and cursors never go back"),
  DEAD_LETTERS("letters", "a record that cannot be handled is in the dead letters once, and no other is");

  private final String label;
  private final String law;

  Invariant(String label, String law) {
    this.label = label;
    this.law = law;
  }

  /** As the fault matrix calls it. */
  public String label() {
    return label;
  }

  public String law() {
    return law;
  }
}
