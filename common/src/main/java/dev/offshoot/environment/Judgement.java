package dev.offshoot.environment;

/** What a delta report makes of a push. */
public enum Judgement {
  /** Nothing in it needs a person. */
  PASS,
  /** A DBA should read it before it goes to Staging. */
  NEEDS_DBA,
  /** It must not go on as it is. */
  BLOCKED
}
