package dev.offshoot.event;

/** What the environments missed because a delivery of the git host was lost. */
public enum Repair {
  /** A branch that nobody was told of. */
  MISSED_BRANCH,
  /** A standing environment's branch has moved. */
  MISSED_PUSH,
  /** A standing environment's branch is gone. */
  MISSED_DELETE,
  /** The branch of a destroyed environment is there again, or has moved since. */
  RECREATED_BRANCH
}
