package dev.offshoot.evidence;

/** What can be measured, to say what was not. */
public enum Aspect {
  /** Statements that ran and are not listed. */
  STATEMENTS,
  LOCKS,
  WAITS,
  ROWS,
  REWRITES,
  SIZES,
  WAL_BYTES,
  TEMP_BYTES,
  OFFENDING_ROWS
}
