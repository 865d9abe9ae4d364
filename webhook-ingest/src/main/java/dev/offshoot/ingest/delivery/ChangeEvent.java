package dev.offshoot.ingest.delivery;

/** What a git host says of a change, however it calls it (pull request, merge request). */
public enum ChangeEvent {
  /** It is open: new, with other commits, or with other labels. */
  UPDATED,
  MERGED,
  /** Without a merge. */
  CLOSED;

  public static Delivery.Ignored nothing() {
    return new Delivery.Ignored("of a change only its opening, commits, labels, merge and close are used");
  }

  public static Delivery.Ignored ofAFork() {
    return new Delivery.Ignored("the change comes from a fork, whose branches get no environment");
  }
}
