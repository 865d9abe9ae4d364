package dev.offshoot.event;

/** Which snapshot a rebuild starts from. */
public enum EpochChoice {
  /** The one the environment was made from; the newest if that is gone. */
  SAME,
  /** The newest. */
  NEWEST
}
