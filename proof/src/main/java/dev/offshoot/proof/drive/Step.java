package dev.offshoot.proof.drive;

import java.util.Locale;

/** What happens in the life of two branches, in this order. */
public enum Step {
  /** Both are pushed for the first time, with two migrations each. */
  PUSH,
  /** Both are pushed again, with a further migration. */
  NEXT_PUSH,
  /** Workers are stopped in order and started again. */
  RESTART,
  /** A migration that cannot be applied. */
  BREAK,
  /** The same migration, put right. */
  REPAIR,
  /** The first branch's environment is made anew beside the one that serves, which then goes. */
  REBUILD,
  /** An epoch of Staging by command. */
  SNAPSHOT,
  /** A new epoch of Production by command, and a trial run of the first branch's migrations on the newest there is. */
  REHEARSE,
  /** The first branch is merged: backup, then destroy; the branch stays at the git host. */
  MERGE,
  /** A person wants it back with what was in it: the next incarnation, made of the backups. */
  RESTORE,
  /** It is pushed once more: the next incarnation, if it was not restored. */
  RETURN,
  /** Both have been idle. */
  SWEEP,
  /** What nobody uses has been kept for long enough: epochs but the newest, and all backups. */
  FORGET,
  /** Both are pushed and come back. */
  WAKE,
  /** The first is pushed and no delivery tells of it; the sweeper is started again, and so has the refs compared. */
  RECONCILE,
  /** Both are deleted at the git host. */
  DELETE;

  /** What a step does with environments: a point may be come past in more than one of these, and what is done again differs. */
  enum Walk {
    MAKE, REBUILD, RESTORE, DESTROY
  }

  Walk walk() {
    return switch (this) {
      case PUSH, NEXT_PUSH, RESTART, BREAK, REPAIR, SNAPSHOT, REHEARSE, RETURN, WAKE, RECONCILE -> Walk.MAKE;
      case REBUILD -> Walk.REBUILD;
      case RESTORE -> Walk.RESTORE;
      case MERGE, SWEEP, FORGET, DELETE -> Walk.DESTROY;
    };
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
