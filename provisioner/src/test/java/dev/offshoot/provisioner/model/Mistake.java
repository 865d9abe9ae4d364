package dev.offshoot.provisioner.model;

/** A rule of the protocol that is left out, to see that the model notices. */
enum Mistake {
  NONE,
  /** What a handler commits half-way is published with its outcome only. */
  INTENT_NOT_FIRST,
  /** Presence is removed once an environment is destroyed, and with it the highest incarnation. */
  PRESENCE_FORGOTTEN,
  /** What a handler says whose assignment has ended is published all the same. */
  OUTCOME_NOT_FENCED,
  /** A delivery that says the branch is gone is believed. */
  REF_NOT_ASKED,
  /** A store answers a receipt before it has kept anything, and deletes all the same. */
  DELETE_BEFORE_RECEIPT,
  /** A new owner begins before its table holds what the former one has committed. */
  TABLE_NOT_CAUGHT_UP,
  /** A store makes an incarnation again that it has kept. */
  KEPT_IS_MADE_AGAIN
}
