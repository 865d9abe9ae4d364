package dev.offshoot.reporter.model;

/**
 * A setting or file of the branch's own that Flyway would go by, where it is not what this system goes by.
 *
 * @param file from the repository's root
 * @param key in the file; empty where the file as a whole is meant
 * @param says what is done in its place, for people
 */
public record FlywaySetting(String file, String key, String says, Heed heed) {

  /** What becomes of it. */
  public enum Heed {
    /** It is gone by. */
    HEEDED,
    /** The operator decides on it, or it says little about how migrations run. */
    NOT_HEEDED,
    /** Without it, what was run and measured here is not what Flyway would run. */
    RUNS_OTHERWISE
  }
}
