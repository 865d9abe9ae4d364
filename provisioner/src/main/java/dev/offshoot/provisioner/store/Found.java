package dev.offshoot.provisioner.store;

/** Something of an environment that a store holds. */
public record Found(Owner owner, Condition condition) {

  /** What it is. */
  public enum Condition {
    /** Begun and never finished: nobody has used it. */
    UNFINISHED,
    /** Finished, and possibly in use. */
    STANDING,
    /** Closed and kept as a backup. */
    KEPT
  }
}
