package dev.offshoot.evidence;

/** What a push asks of the environment's database. */
public enum PlanDecision {
  /** The database is at the commit already. */
  NOTHING,
  /** The commit's migrations go on from the history. */
  MIGRATE,
  /** An applied migration was edited, removed or renumbered: the environment is made anew on the same epoch. */
  REBUILD,
  /** The commit does not go with the history, and making the environment anew would not help: see the changes. */
  CONFLICT
}
